using System.Runtime.CompilerServices;
using Zotify.Logging.Database;
using Zotify.Logging.Tests.Deployment;
using Zotify.Logging.Web.Commands;

namespace Zotify.Logging.Tests.Web.Commands;

[TestClass]
public sealed class CommandErrorsTests
{
    // A row that somebody else changed is retried. Without a database, the configuration is wrong, which has an exit code of its own.
    private static readonly Type[] Others = [typeof(RowChangedException), typeof(NoDatabaseException)];

    [TestMethod]
    public void Every_exception_of_the_database_is_reported_by_its_message()
    {
        var types = typeof(LoggingDatabase).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(Exception)) && File.Exists(PathOf(type))).Except(Others).ToArray();

        Assert.Contains(typeof(MissingRightsException), types);
        CollectionAssert.AreEqual(
            Array.Empty<Type>(),
            types.Where(type => !CommandErrors.IsExpected((Exception)RuntimeHelpers.GetUninitializedObject(type))).ToArray());
    }

    [TestMethod]
    public void A_bug_keeps_its_stack_trace()
    {
        Assert.IsFalse(CommandErrors.IsExpected(new InvalidOperationException()));
        Assert.IsFalse(CommandErrors.IsExpected(new ArgumentOutOfRangeException(nameof(Others))));
    }

    private static string PathOf(Type type) => Path.Combine(Repository.Root, "Zotify.Logging.Provider/Database", $"{type.Name}.cs");
}
