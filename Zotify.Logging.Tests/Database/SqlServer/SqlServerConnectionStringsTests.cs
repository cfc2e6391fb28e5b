using Microsoft.Data.SqlClient;
using Zotify.Logging.SqlServer;

namespace Zotify.Logging.Tests.Database.SqlServer;

[TestClass]
public sealed class SqlServerConnectionStringsTests
{
    [TestMethod]
    [DataRow("Data Source=logs/zotify.db")]
    [DataRow("Database=zotify")]
    [DataRow("Server=db;Databse=zotify")]
    [DataRow("Server")]
    [DataRow("")]
    public void A_connection_string_without_server_or_database_is_refused(string connectionString) =>
        Assert.Throws<ArgumentException>(() => SqlServerConnectionStrings.Parse(connectionString));

    [TestMethod]
    public void Settings_that_the_engine_needs_are_set_and_the_others_stay()
    {
        var parsed = SqlServerConnectionStrings.Parse(
            "Server=db,1433;Database=zotify;User Id=u;Password=p;MultipleActiveResultSets=true;Enlist=true;Connect "
                + "Timeout=3;Encrypt=Strict");

        Assert.AreEqual(
            ("db,1433", "zotify", "u", "p", 3),
            (parsed.DataSource, parsed.InitialCatalog, parsed.UserID, parsed.Password, parsed.ConnectTimeout));
        Assert.AreEqual(SqlConnectionEncryptOption.Strict, parsed.Encrypt);
        Assert.IsFalse(parsed.MultipleActiveResultSets);
        Assert.IsFalse(parsed.Enlist);
        Assert.AreEqual("Zotify.Logging", parsed.ApplicationName);
        Assert.AreEqual(
            "shop",
            SqlServerConnectionStrings.Parse("Server=db;Database=z;Application Name=shop").ApplicationName);
    }
}
