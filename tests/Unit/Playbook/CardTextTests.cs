using Teleprompter.Contracts;
using Teleprompter.InferenceWorker.Playbook;

namespace Teleprompter.Tests.Unit.Playbook;

public sealed class CardTextTests
{
    static readonly CallBrief Full = new("Sam", "Dana", "Acme Inc.", "CFO", "Beacon", "none");

    [TestCase("What does it cost {company|your team} today?", "What does it cost Acme Inc. today?")]
    [TestCase("Thanks[, {customerName}].", "Thanks, Dana.")]
    [TestCase("[{customerName}, ]too high compared with what?", "Dana, too high compared with what?")]
    [TestCase("{ repName } of {product|us}[ for a {role}]", "Sam of Beacon for a CFO")]
    public void A_field_of_the_brief_is_filled_in(string template, string expected) =>
        Assert.That(CardText.Fill(template.Replace("{ repName }", "{repName|I}", StringComparison.Ordinal), Full), Is.EqualTo(expected));

    [Test]
    public void A_card_addresses_the_customer_by_first_name_and_a_form_has_the_full_one() => Assert.That(
        CardText.Fill("Thanks[, {firstName}]. The order is for {customerName|you}.", new CallBrief(CustomerName: "Dana Ann Whitfield")),
        Is.EqualTo("Thanks, Dana. The order is for Dana Ann Whitfield."));

    [TestCase("What does it cost {company|your team} today?", "What does it cost your team today?")]
    [TestCase("Thanks[, {customerName}].", "Thanks.")]
    [TestCase("[{customerName}, ]too high compared with what?", "Too high compared with what?")]
    [TestCase("Fair. [{customerName}], compared with what?", "Fair. Compared with what?")]
    [TestCase("As a [{role}] you know.", "As a you know.")]
    [TestCase("Well [{customerName}] then", "Well then")]
    [TestCase("Thanks, [{customerName}].", "Thanks.")]
    [TestCase("Look, [{customerName}], at {company|you} and [{role}], {company|you}", "Look, at you and, you")]
    [TestCase("Let me ask[, {customerName}]: why?", "Let me ask: why?")]
    [TestCase("Tell me[ about {company}, {customerName}]!", "Tell me!")]
    public void A_missing_field_leaves_no_hole_no_double_space_and_no_dangling_comma(string template, string expected) =>
        Assert.Multiple(() =>
        {
            Assert.That(CardText.Fill(template, CallBrief.Empty), Is.EqualTo(expected));
            Assert.That(CardText.Fill(template, new CallBrief(" ", "", "\t", "\n", "  ")), Is.EqualTo(expected), "blank is missing");
        });

    [Test]
    public void Words_of_the_brief_are_never_read_as_a_template() =>
        Assert.That(
            CardText.Fill("For {company|you}.", Full with { Company = "[A] {product|x} , B" }), Is.EqualTo("For [A] {product|x} , B."));

    [Test]
    public void A_value_over_several_lines_stays_on_one() =>
        Assert.That(CardText.Fill("For {company|you}.", Full with { Company = " Acme\n  Labs " }), Is.EqualTo("For Acme Labs."));

    [TestCase("Ask {compny|you}.", "'{compny}' is no field")]
    [TestCase("Ask {company}.", "leaves a hole")]
    [TestCase("Ask {company|}.", "A bracket has no partner")]
    [TestCase("Ask [you].", "never left out")]
    [TestCase("Ask [{company|you}].", "never left out")]
    [TestCase("Ask {company|you.", "A bracket has no partner")]
    [TestCase("Ask [the {role}.", "hole")]
    [TestCase("Ask [the [{role}]].", "A bracket has no partner")]
    [TestCase("Ask you].", "A bracket has no partner")]
    public void A_template_that_cannot_work_is_refused_with_the_way_out(string template, string part) =>
        Assert.That(CardText.Check(template), Does.Contain(part));

    [TestCase("Plain words (in brackets), 50 % of them.")]
    [TestCase("{company|Your team} [with {role}, {product|it} and all].")]
    public void A_template_that_works_is_accepted(string template) => Assert.That(CardText.Check(template), Is.Null);
}
