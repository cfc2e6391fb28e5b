using System.Linq.Expressions;

namespace Zotify.Logging.Provider.Queries.Audit;

/// <summary>Joins conditions with OR, which LINQ has no operator for.</summary>
internal static class AnyOf
{
    /// <summary>Holds where one of the conditions does.</summary>
    public static Expression<Func<T, bool>> These<T>(IEnumerable<Expression<Func<T, bool>>> conditions)
    {
        var row = Expression.Parameter(typeof(T));
        return Expression.Lambda<Func<T, bool>>(
            conditions.Select(condition => new Replacement(condition.Parameters[0], row).Visit(condition.Body)).Aggregate(Expression.OrElse), row);
    }

    private sealed class Replacement(ParameterExpression from, ParameterExpression to) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == from ? to : node;
    }
}
