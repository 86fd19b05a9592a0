using System.ComponentModel.DataAnnotations;
using Teleprompter.Bus;

namespace Teleprompter.InferenceWorker.Budgets;

/// <summary>
/// What people and teams may ask of models on a day (UTC); 0, the default, is no limit. Requests that are under way when a budget is spent
/// are finished. Section <c>Budget</c>.
/// </summary>
public sealed class BudgetOptions
{
    public const string Section = "Budget";

    [Range(0, long.MaxValue, ErrorMessage = "Budget:UserTokens must be 0 (no limit) or a number of tokens a day.")]
    public long UserTokens { get; set; }

    [Range(0, long.MaxValue, ErrorMessage = "Budget:UserSuggestions must be 0 (no limit) or a number of suggestions a day.")]
    public long UserSuggestions { get; set; }

    [Range(0, long.MaxValue, ErrorMessage = "Budget:TeamTokens must be 0 (no limit) or a number of tokens a day.")]
    public long TeamTokens { get; set; }

    [Range(0, long.MaxValue, ErrorMessage = "Budget:TeamSuggestions must be 0 (no limit) or a number of suggestions a day.")]
    public long TeamSuggestions { get; set; }

    public bool IsLimited => UserTokens > 0 || UserSuggestions > 0 || TeamTokens > 0 || TeamSuggestions > 0;

    /// <summary>Whose budget is spent: <c>user</c>, <c>team</c>, or null for nobody's.</summary>
    public string? SpentBy(Spending spending) =>
        Spent(UserTokens, spending.Person.Tokens) || Spent(UserSuggestions, spending.Person.Suggestions) ? "user"
        : Spent(TeamTokens, spending.Team.Tokens) || Spent(TeamSuggestions, spending.Team.Suggestions) ? "team"
        : null;

    static bool Spent(long limit, long spent) => limit > 0 && spent >= limit;
}
