using System.ComponentModel.DataAnnotations;
using Teleprompter.Contracts.Dashboard;

namespace Teleprompter.Gateway.Dashboard;

/// <summary>What the team lead's dashboard measures against. Section <c>Lead</c>.</summary>
public sealed class DashboardOptions
{
    public const string Section = "Lead";

    /// <summary>
    /// The budget: first words on the rep's screen within so many milliseconds after the customer's last; 50 to 60,000, 850 by default.
    /// </summary>
    [Range(50, 60_000, ErrorMessage = "Lead:BudgetMs must lie between 50 and 60000 milliseconds; 850 is the default.")]
    public double BudgetMs { get; set; } = 850;

    /// <summary>The team's own target beside the budget, in milliseconds; 50 to 60,000, none by default.</summary>
    [Range(50, 60_000, ErrorMessage = "Lead:TeamMs must lie between 50 and 60000 milliseconds; leave it out for no target of your own.")]
    public double? TeamMs { get; set; }

    /// <summary>What a million tokens sent to the model cost; none by default, then only tokens are shown.</summary>
    [Range(0, 100_000, ErrorMessage =
        "Lead:InputPrice is the price of a million tokens sent to the model, for example 0.15; it must lie between 0 and 100000.")]
    public decimal? InputPrice { get; set; }

    /// <summary>What a million tokens that the model writes cost; none by default.</summary>
    [Range(0, 100_000, ErrorMessage =
        "Lead:OutputPrice is the price of a million tokens that the model writes, for example 0.60; it must lie between 0 and 100000.")]
    public decimal? OutputPrice { get; set; }

    /// <summary>The prices' currency, as ISO 4217 writes it; USD by default.</summary>
    [RegularExpression("^[A-Z]{3}$", ErrorMessage = "Lead:Currency must be three capital letters of ISO 4217, for example USD or EUR.")]
    public string Currency { get; set; } = "USD";

    /// <summary>The same as viewers receive it.</summary>
    public LeadTargets Targets => new(BudgetMs, TeamMs, InputPrice, OutputPrice, Currency);
}
