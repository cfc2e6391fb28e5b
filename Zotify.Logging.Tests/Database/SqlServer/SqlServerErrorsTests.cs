using Microsoft.Data.SqlClient;
using Zotify.Logging.SqlServer;

namespace Zotify.Logging.Tests.Database.SqlServer;

/// <summary>Which errors are transient, which are refusals of a row, and which are neither.</summary>
[TestClass]
public sealed class SqlServerErrorsTests
{
    [TestMethod]
    [DataRow(1205, DisplayName = "a deadlock")]
    [DataRow(1222, DisplayName = "a lock that was not to be had")]
    [DataRow(3960, DisplayName = "another version of a row")]
    [DataRow(-2, DisplayName = "a time out")]
    [DataRow(2627, DisplayName = "a row that somebody else added first")]
    [DataRow(4060, DisplayName = "a database that is not open yet")]
    [DataRow(10054, DisplayName = "a connection that was reset")]
    [DataRow(40197, DisplayName = "a failover")]
    [DataRow(40501, DisplayName = "throttling")]
    [DataRow(40613, DisplayName = "a database that moves")]
    [DataRow(49918, DisplayName = "too few resources")]
    public void Transient_errors_are_retried(int number)
    {
        Assert.IsTrue(SqlServerErrors.IsTransient(SqlErrors.Exception(number)));
        Assert.IsTrue(SqlServerErrors.IsTransient(new InvalidOperationException("wrapped", SqlErrors.Exception(number))));
        Assert.IsFalse(SqlServerErrors.IsRefusal(SqlErrors.Exception(number)));
    }

    [TestMethod]
    [DataRow(8152, DisplayName = "too long")]
    [DataRow(2628, DisplayName = "too long, with the column's name")]
    [DataRow(515, DisplayName = "NULL")]
    [DataRow(547, DisplayName = "a constraint")]
    [DataRow(245, DisplayName = "no number")]
    [DataRow(8114, DisplayName = "no such type")]
    [DataRow(13609, DisplayName = "no JSON")]
    public void Errors_of_a_rows_content_are_refusals(int number)
    {
        Assert.IsTrue(SqlServerErrors.IsRefusal(SqlErrors.Exception(number)));
        Assert.IsFalse(SqlServerErrors.IsTransient(SqlErrors.Exception(number)));
    }

    [TestMethod]
    [DataRow(208, DisplayName = "no such table")]
    [DataRow(229, DisplayName = "no right to it")]
    [DataRow(18456, DisplayName = "no such login")]
    public void Errors_that_an_operator_must_fix_are_neither(int number)
    {
        Assert.IsFalse(SqlServerErrors.IsTransient(SqlErrors.Exception(number)));
        Assert.IsFalse(SqlServerErrors.IsRefusal(SqlErrors.Exception(number)));
    }

    [TestMethod]
    public async Task A_connection_that_is_lost_in_the_middle_is_tried_again_however_it_shows()
    {
        Assert.IsTrue(SqlServerErrors.IsTransient(SqlErrors.Exception(0, severity: 20)));
        Assert.IsTrue(SqlServerErrors.IsTransient(new TimeoutException()));
        // The driver throws this over a closed connection.
        await using var connection = new SqlConnection();
        await using var command = connection.CreateCommand();
        var closed = await Assert.ThrowsExactlyAsync<InvalidOperationException>(() => command.ExecuteNonQueryAsync());
        Assert.IsTrue(SqlServerErrors.IsTransient(closed));
        Assert.IsFalse(SqlServerErrors.IsTransient(new InvalidOperationException("somebody else's")));
        // A bulk insert reports a missing table like this: the inner exception counts.
        Assert.IsFalse(
            SqlServerErrors.IsTransient(new InvalidOperationException("no access", SqlErrors.Exception(208)) { Source = closed.Source }));
    }

    [TestMethod]
    public void A_value_that_the_driver_itself_does_not_send_is_the_rows_fault()
    {
        var refused = new InvalidOperationException("cannot be converted", new FormatException()) { Source = "Microsoft.Data.SqlClient" };
        Assert.IsTrue(SqlServerErrors.IsRefusal(refused));
        Assert.IsFalse(SqlServerErrors.IsTransient(refused));
    }
}
