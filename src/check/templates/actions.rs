//! What is known of the scaffolder's actions and filters. Data, from the sources of Backstage:
//! actions of `plugin-scaffolder-backend` and of the `scaffolder-backend-module-*` packages beside
//! it, outputs as their schemas and handlers declare them. Where an action could give more than
//! was found in its source, its outputs are not listed and nothing is said about them.

/// An action.
pub(super) struct Action {
    /// Its name in a step.
    pub(super) name: &'static str,
    /// What it gives; `None` when that is not known.
    pub(super) outputs: Option<&'static [&'static str]>,
}

const fn action(name: &'static str) -> Action {
    Action { name, outputs: None }
}

const fn gives(name: &'static str, outputs: &'static [&'static str]) -> Action {
    Action { name, outputs: Some(outputs) }
}

/// The actions, the core's first.
pub(super) static ACTIONS: &[Action] = &[
    // plugin-scaffolder-backend
    gives("fetch:plain", &[]),
    action("fetch:plain:file"),
    gives("fetch:template", &[]),
    action("fetch:template:file"),
    gives("catalog:register", &["catalogInfoUrl", "entityRef"]),
    gives("catalog:write", &[]),
    gives("catalog:fetch", &["entities", "entity"]),
    action("fs:delete"),
    gives("fs:rename", &[]),
    gives("fs:readdir", &["files", "folders"]),
    action("debug:log"),
    action("debug:wait"),
    action("workspace:template"),
    action("workspace:template:file"),
    // -module-github
    gives("publish:github", &["commitHash", "remoteUrl", "repoContentsUrl"]),
    gives("publish:github:pull-request", &["pullRequestNumber", "remoteUrl", "targetBranchName"]),
    action("github:actions:dispatch"),
    action("github:autolinks:create"),
    action("github:branch-protection:create"),
    gives("github:deployKey:create", &["privateKeySecretName"]),
    action("github:environment:create"),
    action("github:issues:create"),
    action("github:issues:label"),
    action("github:pages:enable"),
    gives("github:repo:create", &["remoteUrl", "repoContentsUrl"]),
    gives("github:repo:push", &["commitHash", "remoteUrl", "repoContentsUrl"]),
    action("github:webhook"),
    // -module-gitlab
    gives("publish:gitlab", &["commitHash", "created", "projectId", "remoteUrl", "repoContentsUrl"]),
    // `mergeRequestURL` is the name it had before.
    gives(
        "publish:gitlab:merge-request",
        &["mergeRequestURL", "mergeRequestUrl", "projectPath", "projectid", "targetBranchName"],
    ),
    gives("gitlab:group:ensureExists", &["groupId"]),
    gives("gitlab:issues:create", &["issueId", "issueIid", "issueUrl"]),
    action("gitlab:issue:edit"),
    action("gitlab:pipeline:trigger"),
    gives("gitlab:projectAccessToken:create", &["access_token"]),
    gives("gitlab:projectDeployToken:create", &["deploy_token", "user"]),
    action("gitlab:projectVariable:create"),
    action("gitlab:repo:push"),
    action("gitlab:user:info"),
    // The modules of other hosts.
    action("publish:azure"),
    action("publish:bitbucket"),
    gives("publish:bitbucketCloud", &["commitHash", "remoteUrl", "repoContentsUrl"]),
    action("publish:bitbucketCloud:pull-request"),
    action("publish:bitbucketServer"),
    action("publish:bitbucketServer:pull-request"),
    action("bitbucket:pipelines:run"),
    action("publish:gerrit"),
    action("publish:gerrit:review"),
    action("publish:gitea"),
    // Other modules, and names that plugins have taken under the core's beginnings.
    action("fetch:cookiecutter"),
    action("fetch:rails"),
    action("fetch:plain:plus"),
    action("fetch:template:plus"),
    action("run:yeoman"),
    action("sentry:project:create"),
    action("notification:send"),
    action("confluence:transform:markdown"),
    action("catalog:annotate"),
    action("catalog:scaffolded-from"),
    action("catalog:template:version"),
    action("catalog:timestamping"),
];

/// The action with this name.
pub(super) fn find(name: &str) -> Option<&'static Action> {
    ACTIONS.iter().find(|action| action.name == name)
}

/// Filters of the template engine, and after them those that the scaffolder adds. `jsonify` is
/// there for Cookiecutter's templates alone, which no expression of a Template is.
pub(super) const FILTERS: &[&str] = &[
    "abs",
    "batch",
    "capitalize",
    "center",
    "d",
    "default",
    "dictsort",
    "dump",
    "e",
    "escape",
    "first",
    "float",
    "forceescape",
    "groupby",
    "indent",
    "int",
    "join",
    "last",
    "length",
    "list",
    "lower",
    "nl2br",
    "random",
    "reject",
    "rejectattr",
    "replace",
    "reverse",
    "round",
    "safe",
    "select",
    "selectattr",
    "slice",
    "sort",
    "string",
    "striptags",
    "sum",
    "title",
    "trim",
    "truncate",
    "upper",
    "urlencode",
    "urlize",
    "wordcount",
    "parseEntityRef",
    "parseRepoUrl",
    "pick",
    "projectSlug",
];
