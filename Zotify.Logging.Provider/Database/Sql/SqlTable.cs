namespace Zotify.Logging.Database;

/// <summary>A table as rows are inserted into it, the same as in EF Core's model, which the schema is generated from.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Columns">The columns, by default all but those whose values the engine assigns, in the model's order.</param>
internal sealed record SqlTable<TRow>(string Name, params RowColumn<TRow>[] Columns)
{
    /// <summary>Whether the columns have the numbers of the rows, which the engine assigns otherwise.</summary>
    public bool HasNumbers { get; init; }

    /// <summary>The columns' names.</summary>
    public string Names { get; } = string.Join(", ", Columns.Select(column => column.Name));
}
