using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Zotify.Logging.Configuration;
using Zotify.Logging.Handlers;

namespace Zotify.Logging.Tests.Configuration;

/// <summary>The binder of trimmed programs, compared with Microsoft's: both set the same options from the same section.</summary>
[TestClass]
public sealed class OptionsBinderTests
{
    private const string Section =
        """
        {
          "Directory": "elsewhere", "Instance": "one", "ShutdownTimeout": " 00:01:00 ", "Redact": [ "pin", "cvv" ],
          "Database": { "Provider": "none", "ConnectionString": "Data Source=x.db", "MigrateOnStart": "True" },
          "MinimumLevel": "2", "Categories": [ "A", "B" ], "QueueCapacity": "0x10", "Enabled": "false",
          "EventTypes": [ "user.*" ],
          "HashKeys": [ { "Id": "a", "Key": "b" }, { "Id": "c" } ], "RetainedAge": "1.00:00:00", "RetainedSize": null, "Acknowledge": "DURABLE"
        }
        """;

    public static IEnumerable<Func<object>> OptionsClasses() =>
        [
            () => new ZotifyLoggingOptions(),
            () => new JsonAuditHandlerOptions(),
            () => new FileStreamHandlerOptions(),
            () => new WideOptions()
        ];

    [TestMethod]
    public void It_sets_what_Microsofts_binder_sets()
    {
        var section = new ConfigurationBuilder().AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(Section))).Build();
        foreach (var make in OptionsClasses())
        {
            var (expected, actual) = (make(), make());
            section.Bind(expected);
            OptionsBinder.BindKept(section, actual, actual.GetType());
            Assert.AreEqual(Shown(expected), Shown(actual));
            Assert.AreNotEqual(Shown(make()), Shown(actual), "nothing was set");
        }
    }

    private static string Shown(object options) => JsonSerializer.Serialize(
        ConfigurationCheck.Options(options.GetType()).ToDictionary(option => option.Key, option => option.Value.GetValue(options)));

    private sealed class WideOptions : LogHandlerOptions
    {
        public string[] Redact { get; set; } = ["kept"];

        public HashSet<string> Unknown { get; } = [];

        public IDictionary<string, string> Database { get; } = new Dictionary<string, string>();

        public List<HashKeyOptions> HashKeys { get; } = [];

        public List<string>? Absent { get; set; }
    }
}
