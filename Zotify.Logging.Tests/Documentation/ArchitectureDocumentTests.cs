using System.Globalization;
using Zotify.Logging.Tests.Deployment;

namespace Zotify.Logging.Tests.Documentation;

/// <summary>The guide to the architecture has every folder and project.</summary>
[TestClass]
public sealed class ArchitectureDocumentTests
{
    private static readonly string[] NotOfTheSource = ["bin", "obj", "buildTransitive", "wwwroot"];

    [TestMethod]
    [DataRow("Zotify.Logging.Provider", "`{0}`")]
    [DataRow("Zotify.Logging.AspNetCore", "`{0}`")]
    [DataRow("integrations", "{0}")]
    public void It_names_each_folder(string parent, string form)
    {
        var text = Documents.Read("docs/architecture.md");
        var names = Directory.GetDirectories(Repository.PathOf(parent))
            .Select(folder => Path.GetFileName(folder)!)
            .Except(NotOfTheSource)
            .Select(name => string.Format(CultureInfo.InvariantCulture, form, name.Replace("Zotify.Logging.", "", StringComparison.Ordinal)))
            .ToArray();
        Assert.IsGreaterThan(3, names.Length);
        Assert.AreEqual("", string.Join(' ', names.Where(name => !text.Contains(name, StringComparison.OrdinalIgnoreCase))));
    }
}
