using Scalar.AspNetCore;
using Zotify.Logging.AspNetCore.Common;
using Zotify.Logging.AspNetCore.Security;
using Zotify.Logging.Web.SignIn;

namespace Zotify.Logging.Web.Descriptions;

/// <summary>The API description (OpenAPI 3.1), and the page that shows it.</summary>
internal static class DescriptionExtensions
{
    /// <summary>Adds the description.</summary>
    public static void AddDescription(this WebApplicationBuilder builder)
    {
        var hasBearer = AccessExtensions.HasBearer(builder.Configuration);
        builder.Services.AddOpenApi(api =>
        {
            var cookie = SessionCookie.NameOf(builder.Configuration, builder.Environment);
            api.AddDocumentTransformer((document, _, _) => DocumentDescription.CompleteAsync(document, cookie, hasBearer));
            api.AddOperationTransformer((operation, context, _) => OperationDescription.CompleteAsync(operation, context, hasBearer));
            api.AddSchemaTransformer((schema, context, _) => SchemaDescription.CompleteAsync(schema, context.JsonTypeInfo.Type));
        });
    }

    /// <summary>Maps <c>/openapi/v1.json</c>, and the files of the page at <c>/docs/</c>.</summary>
    public static void MapDescription(this IEndpointRouteBuilder app)
    {
        // HEAD tells by the answer's headers alone whether it is there.
        app.MapOpenApi().RequireAuthorization(Scopes.AnyPolicy)
            .WithMetadata(new HttpMethodMetadata([.. EmbeddedFiles.Methods]));
        var files = new EmbeddedFiles(typeof(DescriptionExtensions).Assembly);
        app.MapFile(files, "docs/docs.css").AllowAnonymous();
        app.MapFile(files, "docs/docs.js").AllowAnonymous();
        app.MapMethods("/docs", EmbeddedFiles.Methods, (HttpContext context) => Show(context, files))
            .AllowAnonymous().ExcludeFromDescription();
        // The package's own page has an inline script, which our policy refuses. Only its assets are used.
        app.MapScalarApiReference("/docs/scalar").AllowAnonymous();
    }

    /// <summary>Redirects to the address with a slash at its end: the page's addresses are relative to its folder.</summary>
    private static IResult Show(HttpContext context, EmbeddedFiles files) =>
        context.Request.Path.Value!.EndsWith('/')
            ? files.Get(context, "docs/index.html")
            : TypedResults.Redirect($"./docs/{context.Request.QueryString}");
}
