using System.Text.RegularExpressions;
using Zotify.Logging.Tests.Deployment;

namespace Zotify.Logging.Tests.Architecture;

/// <summary>The size and the content of the product's files. Generated files are exempt.</summary>
[TestClass]
public sealed partial class SourceFileTests
{
    private const int MaxLines = 250;
    private const int MaxMedianLines = 45;
    private const int MaxColumns = 140;

    private static readonly string[] Projects =
        ["Zotify.Logging.Provider", "Zotify.Logging.SqlServer", "Zotify.Logging.AspNetCore", "Zotify.Logging.Web", "integrations"];

    private static readonly string[] Generated = ["bin", "obj", "Migrations"];

    public required TestContext TestContext { get; set; }

    [TestMethod]
    public void A_file_is_short()
    {
        var lengths = Files().Select(file => (file.Lines.Length, file.Name)).Order().ToArray();
        var median = lengths[lengths.Length / 2].Length;
        TestContext.WriteLine($"{lengths.Length} files, median {median} lines, the longest {lengths[^1]}.");
        AssertNone(lengths.Where(file => file.Length > MaxLines).Select(file => $"{file.Name}: {file.Length} lines"));
        Assert.IsLessThanOrEqualTo(MaxMedianLines, median);
    }

    [TestMethod]
    public void A_line_is_short() => AssertNone(
        from file in Files()
        from line in file.Lines.Index()
        where line.Item.Length > MaxColumns
        select $"{file.Name}({line.Index + 1}): {line.Item.Length} columns");

    [TestMethod]
    public void A_file_has_one_type_and_its_name() => AssertNone(
        from file in Files()
        let types = file.Lines.Select(line => TypeDeclaration().Match(line)).Where(match => match.Success)
            .Select(match => match.Groups[1].Value).ToArray()
        where types is not [var type] || type != Path.GetFileName(file.Name).Split('.', '{')[0]
        select $"{file.Name}: {string.Join(", ", types)}");

    private static IEnumerable<(string Name, string[] Lines)> Files() =>
        from project in Projects
        from path in Directory.EnumerateFiles(Repository.PathOf(project), "*.cs", SearchOption.AllDirectories)
        let name = Path.GetRelativePath(Repository.Root, path)
        where !name.Split(Path.DirectorySeparatorChar).Any(Generated.Contains)
        select (name, File.ReadAllLines(path));

    private static void AssertNone(IEnumerable<string> faults)
    {
        var all = string.Join('\n', faults);
        Assert.AreEqual("", all);
    }

    /// <summary>A type that is not nested. Its declaration begins its line, because namespaces are file-scoped.</summary>
    [GeneratedRegex(
        @"^(?:(?:public|internal|file|static|sealed|abstract|partial|readonly|ref|unsafe) )*"
        + @"(?:class|interface|enum|record struct|record|struct|delegate \S+) (\w+)")]
    private static partial Regex TypeDeclaration();
}
