//! Words of the pages to sign in, of tokens and of the audit log.

use corpus::access::{Outcome, Role};

words! {
    AccessWords;
    // Signing in.
    sign_in: "Sign in", "登录";
    sign_in_intro: "Readers of this server sign in with a token. Whoever runs it gives them out.",
        "使用本服务器需以访问令牌登录，令牌由服务器管理员发放。";
    token: "Token", "访问令牌";
    token_hint: "It begins with pgt_. This browser stays signed in for 30 days.", "以 pgt_ 开头。登录状态在此浏览器中保留 30 天。";
    not_good: "That token is not, or no longer, good.", "该令牌无效或已失效。";
    no_need: "This server asks for no token: only this machine can reach it.", "本服务器只能从本机访问，无需登录。";
    go_on: "Go on", "继续";

    // Tokens.
    tokens: "Tokens", "访问令牌";
    tokens_intro: "A token lets a person or a program in. Only its name is kept, never the token itself.",
        "令牌供人员或程序访问本服务器。服务器只保存名称等信息，不保存令牌本身。";
    add: "Make a token", "新建令牌";
    name: "Name", "名称";
    name_hint: "Who or what it is for; the history of edits names them so.", "持有人或用途，将作为编辑者署名。";
    role: "Role", "权限";
    expires: "Good for", "有效期";
    thirty_days: "30 days", "30 天";
    ninety_days: "90 days", "90 天";
    a_year: "a year", "一年";
    until_revoked: "until it is revoked", "长期有效，直至撤销";
    made: "The token was made", "令牌已创建";
    made_help: "Copy it now: it is not shown again.", "请立即复制，此后不再显示。";
    back_to_tokens: "All tokens", "全部令牌";
    no_tokens: "There are no tokens yet.", "还没有令牌。";
    no_tokens_help: "The first should have the role admin: a server that others can reach takes it to give more.",
        "第一个令牌应选“管理”权限：对外提供服务时，需用它来发放其他令牌。";
    since: "made", "创建于";
    until: "good until", "有效期至";
    last_used: "last used", "最近使用";
    never_used: "never used", "从未使用";
    revoked: "revoked", "已撤销";
    expired: "expired", "已过期";
    revoke: "Revoke", "撤销";
    revoke_help: "Whoever has it, and every browser signed in with it, is let in no more. This cannot be undone.",
        "持有该令牌的人员、程序及用它登录的浏览器将无法再访问，且不可恢复。";
    revoke_now: "Revoke this token", "确认撤销此令牌";
    own: "this browser", "本浏览器";

    // The audit log.
    audit: "Audit log", "操作记录";
    audit_intro: "What was changed over the web, or was asked to be, and by whom; and what the command line did to tokens.",
        "记录通过网页和接口进行的更改操作及操作者，以及用命令行对令牌的操作。";
    nothing_yet: "Nothing was changed yet.", "尚无记录。";
    older: "Older", "更早";
    newest: "Newest", "最新";
    from: "from", "来自";
    command_line: "command line", "命令行";

    // Roles and outcomes.
    read: "read", "阅读";
    read_help: "search, read, look up, follow the feeds", "检索、阅读、查询、订阅";
    edit: "edit", "编辑";
    edit_help: "change terms, alignments, watches and documents as well", "另可更改术语、对齐、关注和文献";
    admin: "admin", "管理";
    admin_help: "give and revoke tokens as well, and see the audit log", "另可发放和撤销令牌、查看操作记录";
    done: "done", "已完成";
    refused: "refused", "被拒绝";
    failed: "failed", "失败";
}

impl AccessWords {
    /// A role and what it is good for.
    pub(in crate::web) fn role(&self, role: Role) -> (&'static str, &'static str) {
        match role {
            Role::Read => (self.read, self.read_help),
            Role::Edit => (self.edit, self.edit_help),
            Role::Admin => (self.admin, self.admin_help),
        }
    }

    /// What became of something.
    pub(in crate::web) fn outcome(&self, outcome: Outcome) -> &'static str {
        match outcome {
            Outcome::Done => self.done,
            Outcome::Refused => self.refused,
            Outcome::Failed => self.failed,
        }
    }
}
