namespace Teleprompter.Contracts.Dashboard;

/// <summary>
/// What a team lead sees of the whole fleet. The first one is whole; each later one carries what changed and has the next number. A viewer
/// that finds a gap in the numbers asks for a whole one again. All moments are milliseconds since 1970.
/// </summary>
/// <param name="Number">Contiguous within a gateway's watch.</param>
/// <param name="AtMs">When it was made, by the gateway's clock.</param>
/// <param name="Whole">Whether <paramref name="Series"/> and <paramref name="Calls"/> are all there is, or only what changed.</param>
/// <param name="Targets">What is aimed at.</param>
/// <param name="Windows">The last 1, 5, 15 and 60 minutes, whole in every view.</param>
/// <param name="Series">Ten seconds each, oldest first, of the last hour; those in which nothing happened are left out.</param>
/// <param name="Calls">Live calls.</param>
/// <param name="Gone">Calls that are over, where the view is not whole.</param>
/// <param name="Workers">All workers heard of in the last minute, whole in every view.</param>
/// <param name="Gateways">All gateways heard of in the last minute, whole in every view.</param>
public sealed record FleetView(
    long Number,
    long AtMs,
    bool Whole,
    LeadTargets Targets,
    IReadOnlyList<WindowView> Windows,
    IReadOnlyList<SlotView> Series,
    IReadOnlyList<LiveCallView> Calls,
    IReadOnlyList<string> Gone,
    IReadOnlyList<WorkerView> Workers,
    IReadOnlyList<GatewayView> Gateways);

/// <summary>What is aimed at, and what tokens cost.</summary>
/// <param name="BudgetMs">First words within so many milliseconds.</param>
/// <param name="TeamMs">The team's own target, in milliseconds; null for none.</param>
/// <param name="InputPrice">Price of a million tokens sent to the model; null when not configured.</param>
/// <param name="OutputPrice">Price of a million tokens that it writes; null when not configured.</param>
/// <param name="Currency">ISO 4217 code of the prices.</param>
public sealed record LeadTargets(double BudgetMs, double? TeamMs, decimal? InputPrice, decimal? OutputPrice, string Currency);

/// <summary>The last minutes.</summary>
/// <param name="Minutes">How many: 1, 5, 15 or 60.</param>
/// <param name="FirstWords">
/// From the end of the customer's speech to the model's first words on the screen; turns that nobody answered count at their age. Null when
/// there were none.
/// </param>
/// <param name="SinceOldest">The same, from the oldest turn that a suggestion answers.</param>
/// <param name="Answered">Who answered the turns that deserve an answer.</param>
/// <param name="Unanswered">Why some were not answered at all: turns by reason.</param>
/// <param name="Stages">Where the time to the model's first words went, on average; null when the model answered none.</param>
/// <param name="Levels">What kept work from piling up.</param>
/// <param name="Withdrawn">Suggestions taken back.</param>
/// <param name="Tokens">What was asked of models.</param>
/// <param name="Ahead">What answering ahead of the end of a turn hid and cost.</param>
/// <param name="Cards">The cards that came up, the most shown first, fifty at most; null where they are as in the view before.</param>
public sealed record WindowView(
    int Minutes,
    Percentiles? FirstWords,
    Percentiles? SinceOldest,
    TurnShares Answered,
    IReadOnlyDictionary<string, long> Unanswered,
    StageMeans? Stages,
    LevelCounts Levels,
    long Withdrawn,
    TokenUse Tokens,
    AheadView Ahead,
    IReadOnlyList<CardUse>? Cards);

/// <summary>Ten seconds of the last hour.</summary>
/// <param name="StartMs">When they began.</param>
/// <param name="FirstWords">As in <see cref="WindowView"/>.</param>
/// <param name="Answered">Who answered the turns that deserve an answer.</param>
/// <param name="Stages">Where the time to the model's first words went, on average; null when the model answered none.</param>
/// <param name="Levels">What kept work from piling up.</param>
public sealed record SlotView(long StartMs, Percentiles? FirstWords, TurnShares Answered, StageMeans? Stages, LevelCounts Levels);

/// <summary>Percentiles, within 1 % of those of the raw values, in milliseconds.</summary>
/// <param name="P50">The median.</param>
/// <param name="P95">What 95 of 100 do not exceed.</param>
/// <param name="P99">What 99 of 100 do not exceed.</param>
public sealed record Percentiles(double P50, double P95, double P99);

/// <summary>Turns that deserve an answer, by who answered.</summary>
/// <param name="Model">The model.</param>
/// <param name="Playbook">The playbook only.</param>
/// <param name="Nobody">Nobody.</param>
public sealed record TurnShares(long Model, long Playbook, long Nobody);

/// <summary>Averages of the stages up to the model's first words on the screen, in milliseconds. They sum to the whole.</summary>
/// <param name="TurnMs">End of speech to the turn judged complete.</param>
/// <param name="BusMs">Between gateway and worker.</param>
/// <param name="CoalesceMs">Waiting for an older stream of the same call.</param>
/// <param name="HeldMs">Waiting for a free stream across calls.</param>
/// <param name="ContextMs">Matching the playbook and assembling the prompt.</param>
/// <param name="FirstTokenMs">Request sent to the first words.</param>
/// <param name="NetworkMs">Between gateway and client.</param>
/// <param name="RenderMs">First words received to painted.</param>
public sealed record StageMeans(
    double TurnMs,
    double BusMs,
    double CoalesceMs,
    double HeldMs,
    double ContextMs,
    double FirstTokenMs,
    double NetworkMs,
    double RenderMs);

/// <summary>The three levels against pile-up at work.</summary>
/// <param name="Debounced">Level 1: customer words shown but not asked about, since the thought was not complete.</param>
/// <param name="Replaced">Level 2: answers cancelled for a newer turn.</param>
/// <param name="Waited">Level 2: turns that waited for the answer under way.</param>
/// <param name="Held">Level 3: questions held for lack of a free stream.</param>
/// <param name="Expired">Level 3: questions held too long.</param>
public sealed record LevelCounts(long Debounced = 0, long Replaced = 0, long Waited = 0, long Held = 0, long Expired = 0);

/// <summary>Answers begun ahead of the end of a turn.</summary>
/// <param name="Counts">How many, and their tokens.</param>
/// <param name="HiddenP50Ms">
/// The median of how long the model had worked before its turn was confirmed, in milliseconds, of those adopted; null when none was.
/// </param>
public sealed record AheadView(AheadCounts Counts, double? HiddenP50Ms);

/// <summary>Counts of answers begun ahead of the end of a turn.</summary>
/// <param name="Attempts">Those that have ended, adopted or discarded.</param>
/// <param name="Adopted">Of those: answered the turn as it was confirmed.</param>
/// <param name="DiscardedTokens">Estimated tokens that the model had written in the others.</param>
/// <param name="ShownTokens">Estimated tokens of all completed suggestions of the model, to compare with.</param>
public sealed record AheadCounts(long Attempts = 0, long Adopted = 0, long DiscardedTokens = 0, long ShownTokens = 0);

/// <summary>Tokens, estimated from the texts, to within 20 % for English.</summary>
/// <param name="In">Sent to models.</param>
/// <param name="Out">Written by models.</param>
/// <param name="CancelledIn">Of those sent: for answers that were cancelled.</param>
/// <param name="CancelledOut">Of those written: in answers that were cancelled.</param>
public sealed record TokenUse(long In, long Out, long CancelledIn, long CancelledOut);
