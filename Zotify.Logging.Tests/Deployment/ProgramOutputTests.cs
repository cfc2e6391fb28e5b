using System.Text.Json;
using Zotify.Logging.Tests.Web.Support;

namespace Zotify.Logging.Tests.Deployment;

/// <summary>The output of the program's build: the running program is small, and the build itself is quick.</summary>
[TestClass]
public sealed class ProgramOutputTests
{
    [TestMethod]
    public void A_build_compiles_nothing_to_native_code()
    {
        foreach (var name in (string[])["Zotify.Logging.Web.dll", "Zotify.Logging.Provider.dll", "Scalar.AspNetCore.dll"])
        {
            var image = File.ReadAllBytes(Path.Combine(Path.GetDirectoryName(WebProcess.Program)!, name));
            Assert.AreEqual(-1, image.AsSpan().IndexOf("RTR\0"u8), $"{name}: the signature of ReadyToRun code");
        }
    }

    [TestMethod]
    public void The_program_runs_with_the_settings_that_save_memory()
    {
        using var settings = JsonDocument.Parse(File.ReadAllText(Path.ChangeExtension(WebProcess.Program, ".runtimeconfig.json")));
        var properties = settings.RootElement.GetProperty("runtimeOptions").GetProperty("configProperties");
        Assert.AreEqual(2 * 1024 * 1024, properties.GetProperty("System.GC.Gen0MaxBudget").GetInt32());
        Assert.AreEqual(7, properties.GetProperty("System.GC.ConserveMemory").GetInt32());
        Assert.AreEqual(1_000, properties.GetProperty("System.Runtime.TieredCompilation.CallCountThreshold").GetInt32());
        Assert.IsFalse(properties.GetProperty("System.Runtime.TieredPGO").GetBoolean());
    }
}
