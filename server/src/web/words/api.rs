//! Words of the pages about the API. What the document itself says is in English, as programs and their authors read it.

use crate::web::problem::Kind;

words! {
    ApiWords;
    title: "API", "接口";
    intro: "Everything that the pages do, for programs: JSON over HTTP.", "页面能做的一切，程序也能做：通过 HTTP 收发 JSON。";
    document: "The OpenAPI document", "OpenAPI 文档";
    document_help: "From it, programs can be generated that ask this server.", "可据此生成调用本服务器的程序。";
    in_english: "What follows is the document, which is in English.", "以下是该文档的内容，为英文。";
    problems: "Problems", "出错类型";
    problems_intro: "The kinds of problem that the API answers with, by the name at the end of type.", "接口出错时的各种类型，按 type 末尾的名称列出。";
    parts: "Parts", "各部分";
    parameters: "Parameters", "参数";
    body: "Body", "请求体";
    answers: "Answers", "响应";
    example: "Example", "示例";
    detail: "For example", "例如";
    required: "required", "必填";
    name: "Name", "名称";
    value: "Value", "取值";
    meaning_head: "Meaning", "含义";
    status: "Status", "状态码";
    schemas: "Schemas", "数据结构";
    back: "All of the API", "接口总览";
    bad_request: "Something in the request cannot be used; the detail says what and what to do.", "请求中有无法使用的内容，detail 说明是什么以及如何修改。";
    parameter: "The query names a parameter that this operation does not have, or a number outside of its bounds.", "查询串中有该操作没有的参数，或数值超出范围。";
    unauthorized: "The server wants a token and got none, or one that is not good any more.", "服务器要求令牌，而请求没有令牌，或令牌已失效。";
    forbidden: "The token's role is not enough, or the request comes from another site's page.", "令牌的角色权限不足，或请求来自其他网站的页面。";
    not_found: "There is nothing at that address, or not any more.", "该地址没有内容，或内容已不存在。";
    method: "The header Allow says which methods there are.", "Allow 头列出可用的方法。";
    not_acceptable: "The header Accept leaves out every form that this is answered in.", "Accept 头排除了所有可用的响应格式。";
    conflict: "Read anew what is there, and ask again for what is still wanted.", "请重新读取现状，再提交仍需要的操作。";
    key_in_use: "The first request with this key is still being done, or was done and its answer could not be kept.", "使用该键的首个请求仍在处理，或已处理但响应未能保留。";
    changed: "The version in If-Match is not the current one: read it anew, and change what is there now.", "If-Match 中的版本不是当前版本：请重新读取后再修改。";
    too_large: "The document says how large a body may be; send it in parts.", "请求体超过上限，请分批发送。";
    media_type: "Say in Content-Type what the body is, and send what the operation takes.", "请在 Content-Type 中说明请求体类型，并发送该操作接受的类型。";
    wrong_host: "The header Host names a machine that this server is not; ask by its own name.", "Host 头所指的不是本服务器，请使用它自己的名称访问。";
    unprocessable: "A field is missing, unknown or of another type; the detail names it.", "缺少字段、有未知字段或类型不符，detail 会指出。";
    key_reused: "An Idempotency-Key stands for one request; another one needs another key.", "一个 Idempotency-Key 只对应一个请求，其他请求需换新的键。";
    too_many: "The header Retry-After says after how many seconds to ask again.", "Retry-After 头说明多少秒后再试。";
    broken: "It is not the request's fault; the log of the server says what happened.", "不是请求的问题，服务器日志有记录。";
    busy: "The server has too much to do, or something else is writing: ask again after Retry-After seconds.", "服务器繁忙，或另有进程在写入：请按 Retry-After 的秒数后再试。";
}

impl ApiWords {
    /// What a kind of problem means, and what to do.
    pub(in crate::web) fn meaning(&self, kind: Kind) -> &'static str {
        match kind {
            Kind::BadRequest => self.bad_request,
            Kind::Parameter => self.parameter,
            Kind::Unauthorized => self.unauthorized,
            Kind::Forbidden => self.forbidden,
            Kind::NotFound => self.not_found,
            Kind::Method => self.method,
            Kind::NotAcceptable => self.not_acceptable,
            Kind::Conflict => self.conflict,
            Kind::KeyInUse => self.key_in_use,
            Kind::Changed => self.changed,
            Kind::TooLarge => self.too_large,
            Kind::MediaType => self.media_type,
            Kind::WrongHost => self.wrong_host,
            Kind::Unprocessable => self.unprocessable,
            Kind::KeyReused => self.key_reused,
            Kind::TooMany => self.too_many,
            Kind::Broken => self.broken,
            Kind::Busy => self.busy,
        }
    }
}
