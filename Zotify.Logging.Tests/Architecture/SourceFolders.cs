using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace Zotify.Logging.Tests.Architecture;

/// <summary>
/// The folder of a type's source file below its project, as the portable PDB has it: of the methods, or of the type itself where it
/// has none with code (portable PDB specification, "TypeDefinitionDocument").
/// </summary>
internal sealed class SourceFolders(MetadataReader metadata, MetadataReader symbols, string project)
{
    private static readonly Guid TypeDefinitionDocuments = new("932E74BC-DBA9-4478-8D46-0F32A7BAB3D3");

    /// <summary>
    /// The folder, with <c>/</c>; empty for the project's own. <see langword="null"/> for a type that no source file has, such as a
    /// generated one.
    /// </summary>
    public string? Of(TypeDefinitionHandle handle)
    {
        var outermost = handle;
        while (metadata.GetTypeDefinition(outermost).GetDeclaringType() is { IsNil: false } declaring) outermost = declaring;
        return Documents(outermost).Select(Folder).FirstOrDefault(folder => folder is not null && !IsGenerated(folder));
    }

    private IEnumerable<string> Documents(TypeDefinitionHandle handle)
    {
        var type = metadata.GetTypeDefinition(handle);
        foreach (var method in type.GetMethods())
        {
            var information = symbols.GetMethodDebugInformation(method.ToDebugInformationHandle());
            if (!information.Document.IsNil) yield return Name(information.Document);
        }

        foreach (var custom in symbols.GetCustomDebugInformation(handle).Select(symbols.GetCustomDebugInformation))
        {
            if (symbols.GetGuid(custom.Kind) != TypeDefinitionDocuments) continue;
            var rows = symbols.GetBlobReader(custom.Value);
            while (rows.RemainingBytes > 0) yield return Name(MetadataTokens.DocumentHandle(rows.ReadCompressedInteger()));
        }

        foreach (var document in type.GetNestedTypes().SelectMany(Documents)) yield return document;
    }

    private string Name(DocumentHandle document) => symbols.GetString(symbols.GetDocument(document).Name).Replace('\\', '/');

    private string? Folder(string document)
    {
        var root = document.LastIndexOf($"/{project}/", StringComparison.Ordinal);
        // Below obj, a build with an artifacts path has a folder for each project, with what generators write.
        if (root < 0 || document.AsSpan(0, root).EndsWith("/obj")) return null;
        var path = document[(root + project.Length + 2)..];
        return path.LastIndexOf('/') is var slash and >= 0 ? path[..slash] : "";
    }

    private static bool IsGenerated(string folder) => folder.StartsWith("obj/", StringComparison.Ordinal);
}
