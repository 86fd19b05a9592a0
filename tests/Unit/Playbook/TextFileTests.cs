using System.Text;
using Teleprompter.InferenceWorker.Playbook;

namespace Teleprompter.Tests.Unit.Playbook;

public sealed class TextFileTests
{
    const string Text = "# Preis\nVerständlich: 50 €, 💰";

    static readonly Encoding[] Marked =
    [
        new UTF8Encoding(true), new UTF32Encoding(false, true), new UTF32Encoding(true, true), Encoding.Unicode, Encoding.BigEndianUnicode,
    ];

    [TestCaseSource(nameof(Marked))]
    public void A_byte_order_mark_says_how_a_file_is_written(Encoding encoding) =>
        Assert.That(TextFile.Decode([.. encoding.GetPreamble(), .. encoding.GetBytes(Text)]), Is.EqualTo(Text));

    [Test]
    public void Without_a_mark_it_is_UTF_8() => Assert.That(TextFile.Decode(Encoding.UTF8.GetBytes(Text)), Is.EqualTo(Text));

    [Test]
    public void Other_bytes_are_never_guessed_but_named_with_their_line()
    {
        Assert.That(
            () => TextFile.Decode(Encoding.Latin1.GetBytes("a\nfür")),
            Throws.InstanceOf<TextFormatException>().With.Property("Line").EqualTo(2));
        Assert.That(
            () => TextFile.Decode(Encoding.Unicode.GetBytes("a\nb")),
            Throws.InstanceOf<TextFormatException>().With.Message.Contains("UTF-16"));
        Assert.That(
            () => TextFile.Decode([0xFF, 0xFE, 0x0A, 0x00, 0x00, 0xD8]),
            Throws.InstanceOf<TextFormatException>().With.Property("Line").EqualTo(2));
    }
}
