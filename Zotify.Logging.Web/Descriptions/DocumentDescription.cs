using Microsoft.OpenApi;
using Zotify.Logging.Web.SignIn;

namespace Zotify.Logging.Web.Descriptions;

/// <summary>What the API description says as a whole.</summary>
internal static class DocumentDescription
{
    /// <summary>The scheme of keys.</summary>
    public const string Key = "ApiKey";

    /// <summary>The scheme of the page's session.</summary>
    public const string Session = "Session";

    /// <summary>The scheme of tokens.</summary>
    public const string Bearer = "Bearer";

    private static readonly (string Name, string Description)[] Areas =
    [
        ("system", "The system log, read from its files and followed live."),
        ("audit", "The audit log. Reading it is an audit event itself."),
        ("jobs", "The logs of jobs."),
        ("handlers", "How the logging itself is."),
        ("instances", "The processes that write logs."),
        ("levels", "Levels for one user, job, trace or category, for a while."),
        ("session", "Sessions of the page."),
        ("health", "For what watches the program; open to all."),
        ("demo", "The sample work."),
    ];

    /// <summary>Completes a document.</summary>
    public static Task CompleteAsync(OpenApiDocument document, string cookie, bool hasBearer)
    {
        document.Info.Title = "Zotify logging";
        document.Info.Contact = new OpenApiContact { Name = "Whoever runs this program" };
        document.Info.License = new OpenApiLicense { Name = "MIT", Identifier = "MIT" };
        document.Info.Description = """
            The system log, the audit log and the logs of jobs. Times are RFC 3339, or a duration back from now (`15m`, `2h`); `from` is
            inclusive, `to` exclusive. A repeated parameter is OR, different ones are AND. Cursors and
            positions are opaque. An unknown or malformed parameter is answered by a problem (RFC 9457) that names it.
            """;
        // Relative to the description's own address, so that it is also right behind a proxy.
        document.Servers = [new OpenApiServer { Url = ".." }];
        var used = document.Paths.Keys.Select(OperationDescription.AreaOf).ToHashSet();
        document.Tags = Areas.Where(area => used.Contains(area.Name))
            .Select(area => new OpenApiTag { Name = area.Name, Description = area.Description }).ToHashSet();
        foreach (var (path, item) in document.Paths)
        {
            foreach (var operation in item.Operations!.Values) OperationDescription.Finish(path, operation);
        }

        SchemaTypes.Finish(document);
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = Schemes(cookie, hasBearer);
        return Task.CompletedTask;
    }

    private static Dictionary<string, IOpenApiSecurityScheme> Schemes(string cookie, bool hasBearer)
    {
        var schemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [Key] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Header, Name = ApiKeyHandler.Header,
                Description = "A configured key.",
            },
            [Session] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Cookie, Name = cookie,
                Description = "The session that signing in to the page opens.",
            },
        };
        if (hasBearer)
        {
            schemes[Bearer] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http, Scheme = "bearer", BearerFormat = "JWT",
                Description = "A token with the claim `scope`, separated by spaces.",
            };
        }

        return schemes;
    }
}
