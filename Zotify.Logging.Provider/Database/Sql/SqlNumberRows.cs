using System.Globalization;
using System.Text;

namespace Zotify.Logging.Database;

/// <summary>
/// Rows of whole numbers, as JSON in one parameter of a command, which can hold any number of them. Written by hand: a JSON writer would
/// compile many methods for the first search of a process. For one query.
/// </summary>
/// <param name="columns">The names of the columns.</param>
internal sealed class SqlNumberRows(params string[] columns)
{
    private readonly StringBuilder _json = new("[");

    /// <summary>Adds a row.</summary>
    /// <param name="numbers">The numbers, in the order of the columns.</param>
    public void Add(params long[] numbers)
    {
        _json.Append(_json.Length == 1 ? "{" : ",{");
        for (var i = 0; i < numbers.Length; i++)
        {
            if (i > 0) _json.Append(',');
            _json.Append('"').Append(columns[i]).Append("\":").Append(numbers[i].ToString(CultureInfo.InvariantCulture));
        }

        _json.Append('}');
    }

    /// <summary>A table of the rows.</summary>
    /// <param name="filter">Gets the parameter.</param>
    /// <param name="dialect">How the engine writes the table.</param>
    public string Table(SqlFilter filter, SqlDialect dialect) => dialect.NumberRows(filter.Value($"{_json}]"), columns);
}
