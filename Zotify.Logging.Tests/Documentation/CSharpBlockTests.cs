using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Zotify.Logging.Tests.Deployment;

namespace Zotify.Logging.Tests.Documentation;

/// <summary>
/// The blocks of C# in the documents compile, as applications' code does. What a block uses without a declaration of its own is in
/// <c>Given.txt</c>. A block of types alone can be used by the other blocks of its document; a block without an end is an expression.
/// </summary>
[TestClass]
public sealed class CSharpBlockTests
{
    private static readonly CSharpParseOptions Parse = new(LanguageVersion.Latest);

    private static readonly SyntaxTree Given = CSharpSyntaxTree.ParseText(Repository.Read("Zotify.Logging.Tests/Documentation/Given.txt"), Parse);

    private static readonly MetadataReference[] References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    [TestMethod]
    public void They_compile()
    {
        var faults = new List<string>();
        foreach (var document in Documents.Blocks("csharp").GroupBy(block => block.Document))
        {
            var types = document.Where(block => IsOfTypes(Tree(block.Text))).ToArray();
            foreach (var block in document) faults.AddRange(FaultsOf(block, types));
        }

        Assert.AreEqual("", string.Join('\n', faults));
    }

    private static IEnumerable<string> FaultsOf(DocumentedBlock block, DocumentedBlock[] types)
    {
        var tree = Tree(block.Text);
        var ends = block.Text.TrimEnd()[^1] is ';' or '}' || IsOfTypes(tree) || block.Text.Contains("; ", StringComparison.Ordinal);
        if (!ends) tree = Tree($"var expression = {block.Text.TrimEnd()};");
        var others = types.Where(other => other != block).Select(other => Tree(other.Text));
        var kind = IsOfTypes(tree) ? OutputKind.DynamicallyLinkedLibrary : OutputKind.ConsoleApplication;
        var compilation = CSharpCompilation.Create(
            "Documented", [tree, Given, .. others], References, new CSharpCompilationOptions(kind, nullableContextOptions: NullableContextOptions.Enable));
        return compilation.GetDiagnostics().Where(found => found.Severity == DiagnosticSeverity.Error)
            .Select(found => $"{block}: line {found.Location.GetLineSpan().StartLinePosition.Line + 1}: {found.GetMessage(null)}");
    }

    private static SyntaxTree Tree(string text) => CSharpSyntaxTree.ParseText(text, Parse);

    private static bool IsOfTypes(SyntaxTree tree) =>
        !((CompilationUnitSyntax)tree.GetRoot()).Members.Any(member => member is GlobalStatementSyntax or IncompleteMemberSyntax);
}
