using System.Text.RegularExpressions;
using Markdig;
using Markdig.Extensions.Yaml;
using Markdig.Syntax;

namespace Teleprompter.InferenceWorker.Playbook;

/// <summary>
/// Cuts a page of notes into passages: any Markdown, each heading a subject of its own, paragraphs and list items together up to about
/// 30 words.
/// </summary>
public static partial class NoteReader
{
    // A passage that says several things is like none of them in meaning.
    const int Words = 30;

    static readonly MarkdownPipeline pipeline = new MarkdownPipelineBuilder().UseYamlFrontMatter().Build();

    /// <summary>The passages of a page, in order.</summary>
    /// <param name="file">Its name is the title of a page without a heading.</param>
    public static IReadOnlyList<NotePassage> Read(string file, string text)
    {
        var title = Path.GetFileNameWithoutExtension(file);
        var (source, titled) = (title, false);
        var passages = new List<NotePassage>();
        var open = new List<string>();
        foreach (var block in Markdown.Parse(text, pipeline))
        {
            if (block is HeadingBlock heading && MarkdownPage.Plain(heading) is { Length: > 0 } name)
            {
                Close();
                title = titled ? title : name;
                source = titled ? $"{title} › {name}" : title;
                titled = true;
            }
            else if (block is not YamlFrontMatterBlock)
            {
                foreach (var piece in TextsOf(block).SelectMany(Pieces))
                {
                    if (open.Sum(CountOf) + CountOf(piece) > Words)
                    {
                        Close();
                    }

                    open.Add(piece);
                }
            }
        }

        Close();
        return passages;

        void Close()
        {
            if (open.Count > 0)
            {
                passages.Add(new NotePassage(source, string.Join(' ', open)));
                open.Clear();
            }
        }
    }

    static IEnumerable<string> TextsOf(Block block) => block switch
    {
        CodeBlock code => [code.Lines.ToString()],
        LeafBlock { Inline: not null } leaf => [MarkdownPage.Plain(leaf)],
        ContainerBlock container => container.SelectMany(TextsOf),
        _ => [],
    };

    // A paragraph that is too long is cut between its sentences.
    static IEnumerable<string> Pieces(string text)
    {
        var line = Spaces().Replace(text, " ").Trim();
        return line.Length == 0 ? [] : CountOf(line) <= Words ? [line] : SentenceEnds().Split(line).Where(sentence => sentence.Length > 0);
    }

    static int CountOf(string text) => text.Count(' ') + 1;

    [GeneratedRegex(@"\s+", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Spaces();

    [GeneratedRegex(@"(?<=[.?!;])\s+", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex SentenceEnds();
}
