using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace Zotify.Logging.AspNetCore.Common;

/// <summary>The files of the folder <c>wwwroot</c> that are embedded in an assembly. Thread-safe.</summary>
/// <param name="assembly">The assembly.</param>
/// <param name="make">Makes further files from the texts of these; <see langword="null"/> for none.</param>
internal sealed class EmbeddedFiles(
    Assembly assembly, Func<Func<string, string>, IEnumerable<string>, IEnumerable<(string Name, string Text)>>? make = null)
{
    /// <summary>The methods by which a file can be requested.</summary>
    public static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];

    private const string Folder = "wwwroot/";
    private const string Revalidated = "no-cache";
    private const string Unchanging = "public, max-age=31536000, immutable";

    private readonly Lazy<IReadOnlyDictionary<string, EmbeddedFile>> _files = new(() => Read(assembly, make));

    /// <summary>The names of the files, in order.</summary>
    public IEnumerable<string> Names => _files.Value.Keys.Order(StringComparer.Ordinal);

    /// <summary>A text that differs for other contents of any file. Files below it in an address never change.</summary>
    public string Version => Convert.ToHexStringLower(
        SHA256.HashData([.. Names.SelectMany(name => _files.Value[name].Hash)]).AsSpan(0, 8));

    /// <summary>Answers with a file; 404 where there is none of that name. A client asks each time whether it changed.</summary>
    /// <param name="context">The request.</param>
    /// <param name="name">The name below the folder, with slashes, in the same case as in the request.</param>
    public IResult Get(HttpContext context, string name) => Answer(context, name, Revalidated);

    /// <summary>
    /// Answers with a file for an address that has a version. A client keeps it if the version is that of the files; an address of another
    /// version comes from a page that was loaded before an update.
    /// </summary>
    /// <param name="context">The request.</param>
    /// <param name="version">The version in the address.</param>
    /// <param name="name">The name below the folder.</param>
    public IResult Get(HttpContext context, string version, string name) =>
        Answer(context, name, version == Version ? Unchanging : Revalidated);

    /// <summary>The text of an existing file.</summary>
    public string ReadText(string name) => _files.Value.TryGetValue(name, out var file)
        ? Encoding.UTF8.GetString(file.Content)
        : throw new FileNotFoundException($"{assembly.GetName().Name} has no file {name}.");

    private IResult Answer(HttpContext context, string name, string cacheControl) =>
        _files.Value.TryGetValue(name, out var file) ? file.Answer(context, cacheControl) : TypedResults.NotFound();

    private static Dictionary<string, EmbeddedFile> Read(
        Assembly assembly, Func<Func<string, string>, IEnumerable<string>, IEnumerable<(string Name, string Text)>>? make)
    {
        var files = new Dictionary<string, EmbeddedFile>(StringComparer.Ordinal);
        foreach (var resource in assembly.GetManifestResourceNames())
        {
            if (!resource.StartsWith(Folder, StringComparison.Ordinal)) continue;
            using var stream = assembly.GetManifestResourceStream(resource)!;
            var content = new byte[stream.Length];
            stream.ReadExactly(content);
            var name = resource[Folder.Length..];
            files.Add(name, new EmbeddedFile(name, content));
        }

        string TextOf(string name) => Encoding.UTF8.GetString(files[name].Content);
        foreach (var (name, text) in make?.Invoke(TextOf, [.. files.Keys]).ToArray() ?? [])
            files.Add(name, new EmbeddedFile(name, Encoding.UTF8.GetBytes(text)));
        return files;
    }
}
