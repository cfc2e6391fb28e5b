using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using Hangfire;
using Microsoft.AspNetCore.Builder;
using Quartz;
using Zotify.Logging.SqlServer;

namespace Zotify.Logging.Tests.Approval;

/// <summary>The public API changes only on purpose: the approved lists are next to this file.</summary>
[TestClass]
public sealed class PublicApiTests
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    [TestMethod]
    [DataRow(typeof(LoggingService), "PublicApi.approved.txt")]
    [DataRow(typeof(ZotifyLogsContext), "PublicApi.SqlServer.approved.txt")]
    [DataRow(typeof(ZotifyLogsEndpointRouteBuilderExtensions), "PublicApi.AspNetCore.approved.txt")]
    [DataRow(typeof(ZotifyHangfireGlobalConfigurationExtensions), "PublicApi.Hangfire.approved.txt")]
    [DataRow(typeof(OtlpOptions), "PublicApi.Otlp.approved.txt")]
    [DataRow(typeof(ZotifyQuartzBuilderExtensions), "PublicApi.Quartz.approved.txt")]
    [DataRow(typeof(S3Options), "PublicApi.S3.approved.txt")]
    public void The_public_api_is_the_approved_one(Type type, string approved)
    {
        var path = Path.Combine(Folder(), approved);
        var actual = Describe(type.Assembly);
        if (Environment.GetEnvironmentVariable("ZOTIFY_APPROVE") is "1") File.WriteAllText(path, actual);
        Assert.AreEqual(File.ReadAllText(path), actual, "Set ZOTIFY_APPROVE=1 for one run to approve the change.");
    }

    private static string Describe(Assembly assembly)
    {
        var text = new StringBuilder();
        foreach (var type in assembly.GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal))
        {
            text.Append(
                type.IsInterface
                    ? "interface "
                    : type.IsEnum ? "enum "
                    : type.IsValueType ? "struct "
                    : type.IsAbstract ? "abstract class "
                    : "class ").Append(type).Append('\n');
            if (type.IsEnum)
            {
                foreach (var name in Enum.GetNames(type)) text.Append("  ").Append(name).Append('\n');
                continue;
            }

            var members = type.GetMembers(Declared)
                .Where(IsVisible).Select(member => $"  {Modifier(member)}{member}").Order(StringComparer.Ordinal);
            text.AppendJoin("", members.Select(member => member + "\n"));
        }

        return text.ToString();
    }

    private static bool IsVisible(MemberInfo member) => member switch
    {
        // Records generate members that follow from their properties.
        { Name: "PrintMembers" or "get_EqualityContract" or "EqualityContract" or "<Clone>$" } => false,
        _ when member.IsDefined(typeof(CompilerGeneratedAttribute)) && member is MethodInfo { IsSpecialName: false } => false,
        MethodBase method => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly,
        PropertyInfo property => property.GetAccessors(nonPublic: true).Any(IsVisible),
        EventInfo @event => IsVisible(@event.AddMethod!),
        FieldInfo field => field.IsPublic || field.IsFamily,
        _ => false,
    };

    private static string Modifier(MemberInfo member) => member is MethodBase { IsPublic: false } ? "protected " : "";

    private static string Folder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
