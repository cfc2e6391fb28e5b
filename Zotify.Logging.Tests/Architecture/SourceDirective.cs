using System.Text.RegularExpressions;
using Zotify.Logging.Tests.Deployment;

namespace Zotify.Logging.Tests.Architecture;

/// <summary>A <c>using</c> directive of a project's source file for a namespace of the same project.</summary>
/// <param name="File">The file, below the project.</param>
/// <param name="From">The file's folder, below the project, with <c>/</c>; empty for the project's own.</param>
/// <param name="Namespace">The namespace.</param>
/// <param name="Folders">The folders that have types of the namespace.</param>
internal sealed partial record SourceDirective(string File, string From, string Namespace, IReadOnlyList<string> Folders)
{
    /// <summary>The directives of a project.</summary>
    public static IEnumerable<SourceDirective> Of(string project)
    {
        var root = Repository.PathOf(project);
        var files = Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(root, path).Replace('\\', '/'))
            .Where(name => !name.StartsWith("obj/", StringComparison.Ordinal) && !name.StartsWith("bin/", StringComparison.Ordinal))
            .Select(name => (Name: name, Folder: Folder(name), Text: System.IO.File.ReadAllText(Path.Combine(root, name)))).ToArray();
        var folders = files.ToLookup(file => NamespaceDeclaration().Match(file.Text).Groups[1].Value, file => file.Folder);
        return
            from file in files
            from match in Directive().Matches(file.Text)
            let named = match.Groups[1].Value
            where folders.Contains(named)
            select new SourceDirective(file.Name, file.Folder, named, [.. folders[named].Distinct()]);
    }

    private static string Folder(string file) => file.LastIndexOf('/') is var slash and >= 0 ? file[..slash] : "";

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex NamespaceDeclaration();

    // Extension methods are in the namespaces of the types that they extend. A directive for such a namespace does not mean the folder.
    [GeneratedRegex(@"^using (Zotify\.[\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Directive();
}
