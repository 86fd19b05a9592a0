using Teleprompter.Contracts;

namespace Teleprompter.Cli.Replay;

/// <summary>Fields of a brief, given one by one as <c>field=value</c>.</summary>
static class BriefFields
{
    /// <summary>The names of the fields.</summary>
    public const string Names = "repName, customerName, company, role, product, notes";

    /// <summary>Puts fields into a brief, over those it has.</summary>
    /// <param name="fields">Each <c>field=value</c>.</param>
    /// <exception cref="InputException">A field is not known.</exception>
    public static CallBrief Put(CallBrief brief, IEnumerable<string> fields) => fields.Aggregate(brief, Put);

    static CallBrief Put(CallBrief brief, string field)
    {
        var value = field[(field.IndexOf('=', StringComparison.Ordinal) + 1)..];
        return field[..^value.Length].ToLowerInvariant() switch
        {
            "repname=" => brief with { RepName = value },
            "customername=" => brief with { CustomerName = value },
            "company=" => brief with { Company = value },
            "role=" => brief with { Role = value },
            "product=" => brief with { Product = value },
            "notes=" => brief with { Notes = value },
            _ => throw new InputException($"--brief {field}: write field=value, the field one of {Names}."),
        };
    }
}
