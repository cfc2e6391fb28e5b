using Zotify.Logging.Tests.Configuration;
using YamlDotNet.Serialization;

namespace Zotify.Logging.Tests.Documentation;

/// <summary>What other programs read: Kubernetes, systemd and logrotate are not here, so that their files are checked by what they may hold.</summary>
[TestClass]
public sealed class UnitBlockTests
{
    private static readonly Dictionary<string, string[]> SystemdKeys = new()
    {
        ["Unit"] = ["Description", "After", "Wants", "Requires"],
        ["Service"] =
        [
            "Type", "User", "Group", "StateDirectory", "StateDirectoryMode", "WorkingDirectory", "Environment", "ExecStart", "Restart",
            "TimeoutStopSec", "ProtectSystem", "PrivateTmp", "NoNewPrivileges",
        ],
        ["Install"] = ["WantedBy"],
    };

    private static readonly string[] LogrotateWords =
        ["su", "daily", "weekly", "rotate", "dateext", "nocreate", "delaycompress", "compress", "missingok", "notifempty"];

    [TestMethod]
    public void The_manifests_are_YAML_with_a_kind_and_settings_that_exist()
    {
        foreach (var block in Documents.Blocks("yaml"))
        {
            var manifest = new DeserializerBuilder().Build().Deserialize<Dictionary<string, object>>(block.Text);
            Assert.Contains("apiVersion", manifest.Keys, block.ToString());
            Assert.Contains("kind", manifest.Keys, block.ToString());
            AssertSettings(block, block.Text.Split('\n').Where(line => line.Contains("- { name: Logging__", StringComparison.Ordinal))
                .Select(line => line.Split("name: ")[1].Split(", value: ")).Select(pair => (pair[0], pair[1].Split('}')[0].Trim().Trim('"'))));
        }
    }

    [TestMethod]
    public void The_units_have_keys_of_systemd_and_settings_that_exist()
    {
        foreach (var block in Documents.Blocks("ini"))
        {
            var section = "";
            var environment = new List<(string, string)>();
            foreach (var line in block.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                if (line.StartsWith('['))
                {
                    section = line.Trim('[', ']');
                    continue;
                }

                var pair = line.Split('=', 2);
                Assert.Contains(pair[0], SystemdKeys[section], $"{block}: {line}");
                if (pair[0] == "Environment") environment.Add((pair[1].Split('=')[0], pair[1].Split('=')[1]));
            }

            AssertSettings(block, environment);
        }
    }

    [TestMethod]
    public void The_rotations_have_words_of_logrotate()
    {
        foreach (var block in Documents.Blocks("logrotate"))
        {
            var lines = block.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            StringAssert.EndsWith(lines[0], "{", StringComparison.Ordinal);
            Assert.AreEqual("}", lines[^1]);
            foreach (var line in lines[1..^1]) Assert.Contains(line.Split(' ')[0], LogrotateWords, $"{block}: {line}");
        }
    }

    private static void AssertSettings(DocumentedBlock block, IEnumerable<(string Name, string Value)> settings)
    {
        var known = OptionTree.All().Select(option => option.Key).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in settings.Where(setting => setting.Name.StartsWith("Logging__Zotify__", StringComparison.Ordinal)))
        {
            Assert.Contains(name.Replace("__", ":", StringComparison.Ordinal), known, $"{block}: {name}");
            Assert.AreNotEqual("", value, $"{block}: {name}");
        }
    }
}
