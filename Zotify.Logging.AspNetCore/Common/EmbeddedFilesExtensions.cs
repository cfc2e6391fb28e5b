namespace Zotify.Logging.AspNetCore.Common;

/// <summary>Maps files that are embedded in an assembly.</summary>
internal static class EmbeddedFilesExtensions
{
    /// <summary>Maps one file at its name.</summary>
    public static IEndpointConventionBuilder MapFile(this IEndpointRouteBuilder app, EmbeddedFiles files, string name) =>
        app.MapMethods($"/{name}", EmbeddedFiles.Methods, (HttpContext context) => files.Get(context, name)).ExcludeFromDescription();
}
