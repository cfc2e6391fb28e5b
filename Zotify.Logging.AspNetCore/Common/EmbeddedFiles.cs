using System.Net.Mime;
using System.Reflection;
using Microsoft.Net.Http.Headers;

namespace Zotify.Logging.AspNetCore.Common;

/// <summary>The files of the folder <c>wwwroot</c> that are embedded in an assembly. Thread-safe.</summary>
/// <param name="assembly">The assembly.</param>
internal sealed class EmbeddedFiles(Assembly assembly)
{
    /// <summary>The methods by which a file can be requested.</summary>
    public static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];

    // The files change only with the assembly.
    private readonly EntityTagHeaderValue _tag = new($"\"{assembly.ManifestModule.ModuleVersionId:N}\"");

    /// <summary>Answers with a file; 404 where there is none of that name.</summary>
    /// <param name="context">The request.</param>
    /// <param name="name">The name below the folder, with slashes, in the same case as in the request.</param>
    public IResult Get(HttpContext context, string name)
    {
        if (Open(name) is not { } file) return TypedResults.NotFound();
        context.Response.Headers.XContentTypeOptions = "nosniff";
        return TypedResults.Stream(file, TypeOf(name), entityTag: _tag);
    }

    /// <summary>The text of an existing file.</summary>
    public string ReadText(string name)
    {
        var file = Open(name) ?? throw new FileNotFoundException($"{assembly.GetName().Name} has no file {name}.");
        using var reader = new StreamReader(file);
        return reader.ReadToEnd();
    }

    private Stream? Open(string name) => assembly.GetManifestResourceStream($"wwwroot/{name}");

    private static string TypeOf(string name) => Path.GetExtension(name) switch
    {
        ".css" => MediaTypeNames.Text.Css,
        ".html" => MediaTypeNames.Text.Html,
        ".js" => MediaTypeNames.Text.JavaScript,
        ".svg" => MediaTypeNames.Image.Svg,
        ".woff2" => MediaTypeNames.Font.Woff2,
        _ => MediaTypeNames.Text.Plain,
    };
}
