using System.Text.Json;
using Zotify.Logging.Tests.Web.Support;

namespace Zotify.Logging.Tests.Deployment;

/// <summary>What makes the built program start soon and small. How soon and how small is measured elsewhere.</summary>
[TestClass]
public sealed class PrecompiledTests
{
    [TestMethod]
    [DataRow("Microsoft.EntityFrameworkCore.dll")]
    [DataRow("Microsoft.EntityFrameworkCore.Relational.dll")]
    [DataRow("Microsoft.Data.Sqlite.dll")]
    [DataRow("Microsoft.OpenApi.dll")]
    public void The_libraries_of_the_start_are_native_code_in_the_output_of_the_build(string library)
    {
        var image = File.ReadAllBytes(Path.Combine(Path.GetDirectoryName(WebProcess.Program)!, library));
        Assert.IsGreaterThan(0, image.AsSpan().IndexOf("RTR\0"u8), "the signature of ReadyToRun code");
    }

    [TestMethod]
    public void The_program_runs_with_the_settings_that_save_memory()
    {
        using var settings = JsonDocument.Parse(File.ReadAllText(Path.ChangeExtension(WebProcess.Program, ".runtimeconfig.json")));
        var properties = settings.RootElement.GetProperty("runtimeOptions").GetProperty("configProperties");
        Assert.AreEqual(2 * 1024 * 1024, properties.GetProperty("System.GC.Gen0MaxBudget").GetInt32());
        Assert.AreEqual(1_000, properties.GetProperty("System.Runtime.TieredCompilation.CallCountThreshold").GetInt32());
        Assert.IsFalse(properties.GetProperty("System.Runtime.TieredPGO").GetBoolean());
    }
}
