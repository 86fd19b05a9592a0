using Teleprompter.InferenceWorker.Playbook;

namespace Teleprompter.Tests.Unit.Playbook;

public sealed class FormOfAddressTests
{
    [TestCase("Dana Whitfield", "Dana")]
    [TestCase("  Dana   Ann Whitfield ", "Dana")]
    [TestCase("Whitfield, Dana", "Dana")]
    [TestCase("Dana Whitfield, PhD", "Dana")]
    [TestCase("Dana Whitfield Jr.", "Dana")]
    [TestCase("Dr. Dana Whitfield", "Dr. Whitfield")]
    [TestCase("Whitfield, Dr. Dana", "Dr. Whitfield")]
    [TestCase("Prof. Dr. Meier", "Prof. Dr. Meier")]
    [TestCase("Ms Whitfield", "Ms Whitfield")]
    [TestCase("J. Dana Whitfield", "Dana")]
    [TestCase("J. Whitfield", "J. Whitfield")]
    [TestCase("Jean-Luc Picard", "Jean-Luc")]
    [TestCase("Dana", "Dana")]
    [TestCase("D.", "D.")]
    [TestCase(",", ",")]
    [TestCase("Dr.", "Dr.")]
    [TestCase("山田太郎", "山田太郎")]
    [TestCase(" ", null)]
    [TestCase(null, null)]
    public void A_customer_is_addressed_as_a_person_would(string? name, string? address) =>
        Assert.That(FormOfAddress.Of(name), Is.EqualTo(address));
}
