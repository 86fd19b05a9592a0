using System.Globalization;
using Teleprompter.Contracts;
using Teleprompter.Gateway.Hub;

namespace Teleprompter.Tests.Unit.Simulation;

/// <summary>
/// A client as the SDK is one, in short: one call, interims sent once, finals sent until acknowledged, back by any gateway when its
/// connection is gone.
/// </summary>
/// <param name="world">Its world.</param>
/// <param name="letter">Marks all that is said in its call, whatever becomes of the call.</param>
/// <param name="doors">The gateways there are.</param>
/// <param name="epochs">The ownership each suggestion was made under.</param>
sealed class SimulatedClient(
    World world, char letter, Func<IReadOnlyList<SimulatedGateway>> doors, IReadOnlyDictionary<string, long> epochs)
{
    const string Monologue =
        "and how it works for teams like yours because we have always been a partnership first and a vendor second and that is why so many "
        + "of them stay with us for years and tell others about the investment that they made and what came of it in the end";

    static readonly TimeSpan GatewaySilentFor = TimeSpan.FromSeconds(4);

    readonly Dictionary<Socket, Screen> screens = [];
    readonly List<Final> finals = [];
    readonly HashSet<string> over = new(StringComparer.Ordinal);
    StartCallReply? call;
    long clockOriginMs;
    long lastNumber;
    long epochShown;
    int sockets;
    int said;
    int offTheRecord;
    bool opening;
    bool ending;
    bool watching;

    public char Letter => letter;

    public Socket? Current { get; private set; }

    public Screen? Screen => Current is null ? null : screens[Current];

    public string? CallId => call?.CallId;

    public bool Paused { get; private set; }

    public bool Attached => call is not null && Current is { IsCut: false } && !opening;

    /// <summary>What the store promised to keep.</summary>
    public IEnumerable<string> Acknowledged => finals.Where(final => final.Acknowledged).Select(final => final.Segment.SegmentId);

    /// <summary>Tells whether what the call had promised to keep may be gone, and forgets the excuse.</summary>
    public Func<string, bool> LossIsExcused { private get; set; } = _ => false;

    /// <summary>Makes its calls rehearsals; null for calls with a customer.</summary>
    public RehearsalRequest? Rehearsal { get; init; }

    /// <summary>All calls that it had.</summary>
    public HashSet<string> Calls { get; } = new(StringComparer.Ordinal);

    /// <summary>When a turn of the buyer was last shown whole, on the world's clock.</summary>
    public long BuyerSpokeAt { get; private set; } = -1;

    /// <summary>Opens a connection; one that is open already stays, and loses the call.</summary>
    public void Connect()
    {
        Watch();
        var gateways = doors().Where(gateway => !gateway.Process.IsDead).ToList();
        if (gateways.Count == 0)
        {
            world.After(TimeSpan.FromMilliseconds(500), () => Reconnect());
            return;
        }

        var socket = new Socket(world, world.Pick(gateways), this, string.Create(CultureInfo.InvariantCulture, $"{letter}{++sockets}"));
        (Current, opening) = (socket, true);
        var resume = call is null
            ? null
            : new ResumeRequest(call.CallId, call.ResumeToken, lastNumber, (world.Now / TimeSpan.TicksPerMillisecond) - clockOriginMs);
        screens[socket] = new Screen(this, resume?.LastNumber ?? 0);
        world.Tell($"{socket.ConnectionId} opens at {socket.Gateway.Process.Name}");
        socket.Invoke(
            hub => hub.StartCall(new StartCallRequest(Resume: resume, Rehearsal: Rehearsal)),
            reply => Started(socket, reply),
            problem => StartFailed(socket, problem));
    }

    /// <summary>When a turn that was sent word by word last went on, on the world's clock.</summary>
    public long SpokeAt { get; private set; }

    /// <summary>The customer is in the middle of a sentence that is sent word by word.</summary>
    public bool Speaking { get; private set; }

    /// <summary>Tentative suggestions that this client's screens began to show.</summary>
    public int ShownTentatively { get; set; }

    public void Say(Speaker speaker, string words) =>
        SendFinal(new TranscriptSegment(NextId(), speaker, $"{words} topic {LastQuestion}?", Final: true));

    /// <summary>
    /// The customer, or a rep who rehearses, says a sentence, in interims of growing words; a sentence that is under way goes on instead.
    /// </summary>
    public void SayWordByWord(string beginning, TurnEnding ending)
    {
        if (!Speaking)
        {
            Speaking = true;
            var segmentId = NextId();
            var rest = Rehearsal is null ? "and how it works for us today" : Monologue;
            string[] words = [$"{beginning} topic {LastQuestion}", .. rest.Split(' ')];
            var speaker = Rehearsal is null ? Speaker.Customer : Speaker.Rep;
            SayNextWords(new TranscriptSegment(segmentId, speaker, words[0], Final: false), words.AsMemory(1), ending);
        }
    }

    public string LastQuestion => string.Create(CultureInfo.InvariantCulture, $"{letter}{said}");

    public void Do(Func<CallHub, Task> method)
    {
        if (Attached)
        {
            Current!.Invoke(async hub => { await method(hub); return true; }, _ => { }, _ => { });
        }
    }

    public void SetPaused(bool paused)
    {
        (Paused, offTheRecord) = (true, offTheRecord + 1);
        if (Attached)
        {
            Current!.Invoke(
                async hub => { await (paused ? hub.Pause() : hub.Resume()); return true; },
                _ => (Paused, offTheRecord) = (paused, offTheRecord + 1),
                _ => { });
        }
    }

    public void End()
    {
        if (Attached)
        {
            world.Tell($"{letter} ends its call");
            ending = true;
            Current!.Invoke(async hub => { await hub.EndCall(); return true; }, _ => { }, _ => { });
        }
    }

    public void Receive(Socket socket, CallEvent callEvent)
    {
        var screen = screens[socket];
        if (screen.Show(callEvent) is { } problem)
        {
            world.Break($"{socket.ConnectionId} at {socket.Gateway.Process.Name}: {problem}");
            return;
        }

        if (socket == Current)
        {
            lastNumber = screen.Number;
            BuyerSpokeAt = callEvent is TranscriptUpdated { Final: true } words && IsBuyers(words.SegmentId) ? world.Now : BuyerSpokeAt;
        }

        if (callEvent is Restored restored && socket == Current)
        {
            SeePaused(restored.Status.Paused);
        }

        if (callEvent is CallEnded ended)
        {
            world.Tell($"{socket.ConnectionId} hears callEnded({ended.Reason})");
            if (socket == Current && ended.Reason != EndReason.MovedElsewhere)
            {
                Forget();
            }

            socket.Cut();
        }
    }

    public void Closed(Socket socket)
    {
        if (screens.TryGetValue(socket, out var screen) && screen.OpenId is { } open)
        {
            world.Tell($"{socket.ConnectionId} is closed with {open} open");
        }

        screens.Remove(socket);
        if (socket == Current)
        {
            (Current, opening) = (null, false);
            world.After(world.Between(0, 600), Reconnect);
        }
    }

    /// <summary>
    /// Judges whether a suggestion may appear: not once it was over, and not from an owner before the last one that was shown.
    /// </summary>
    public string? MayShow(Screen screen, string suggestionId)
    {
        if (screen != Screen)
        {
            return null;
        }

        var epoch = epochs.GetValueOrDefault(suggestionId);
        if (over.Contains(suggestionId))
        {
            return $"{suggestionId} is shown again after its end";
        }

        if (epoch < epochShown)
        {
            return $"{suggestionId} of epoch {epoch} is shown after one of {epochShown}";
        }

        epochShown = epoch;
        return null;
    }

    public void Over(Screen screen, string suggestionId)
    {
        if (screen == Screen)
        {
            over.Add(suggestionId);
        }
    }

    public static bool IsBuyers(string segmentId) => segmentId.StartsWith("buyer-", StringComparison.Ordinal);

    public bool IsMine(string text) => text.Contains($"topic {letter}", StringComparison.Ordinal);

    /// <summary>Judges whether words are the beginning of one answer to this call.</summary>
    public string? WrongWords(string text, SuggestionSource source)
    {
        if (text.Length == 0)
        {
            return null;
        }

        if (source == SuggestionSource.Playbook)
        {
            return text is SimulatedWorker.PriceAnswer or SimulatedWorker.SecurityAnswer ? null : $"\"{text}\" is no card";
        }

        var parts = text.Split(' ', 5);
        if (parts.Length < 4 || (parts[1][0] != letter && parts[1] != "?"))
        {
            return $"words of another call: {text}";
        }

        var whole = SimulatedModel.Answer(parts[1], parts[3].TrimEnd(':'));
        return whole.StartsWith(text, StringComparison.Ordinal) ? null : $"\"{text}\" is no beginning of \"{whole}\"";
    }

    void SayNextWords(TranscriptSegment soFar, ReadOnlyMemory<string> words, TurnEnding ending)
    {
        SpokeAt = world.Now;
        if (Paused)
        {
            Speaking = false;
            return;
        }

        if (words.IsEmpty)
        {
            Speaking = false;
            EndSentence(soFar, ending);
            return;
        }

        Do(hub => hub.SendTranscript(soFar));
        var count = Math.Min(words.Length, 1 + world.Random.Next(3));
        var more = soFar with { Text = $"{soFar.Text} {string.Join(' ', words[..count].ToArray())}" };
        world.After(world.Between(20, 300), () => SayNextWords(more, words[count..], ending));
    }

    void EndSentence(TranscriptSegment soFar, TurnEnding ending)
    {
        var final = soFar with
        {
            Text = ending switch
            {
                TurnEnding.AsBegun => $"{soFar.Text}?",
                TurnEnding.OtherWords => $"{soFar.Text} but not if nobody else has asked for it?",
                _ => $"{soFar.Text}.",
            },
            Final = true,
            EndOfTurn = ending is TurnEnding.AsBegun or TurnEnding.OtherWords,
        };
        SendFinal(final);
        world.After(world.Between(100, 1500), () =>
        {
            if (Paused)
            {
                return;
            }

            if (ending == TurnEnding.AfterPause)
            {
                SendFinal(final with { EndOfTurn = true });
            }
            else if (ending == TurnEnding.AnotherSentence)
            {
                SayWordByWord("And also tell me about", TurnEnding.AsBegun);
            }
        });
    }

    void SendFinal(TranscriptSegment segment)
    {
        var final = new Final(segment);
        finals.Add(final);
        if (Attached)
        {
            Send(Current!, final);
        }
    }

    string NextId() => string.Create(CultureInfo.InvariantCulture, $"{letter}-{++said}");

    void Started(Socket socket, StartCallReply reply)
    {
        if (socket != Current)
        {
            return;
        }

        opening = false;
        if (call is not null && !reply.Resumed)
        {
            world.Tell($"{letter}'s call is unknown; a new one is started");
            if (!ending && !LossIsExcused(call.CallId))
            {
                world.Break($"{letter}: the call was lost without need");
            }

            Forget();
            finals.RemoveAll(final => final.Acknowledged);
        }

        Calls.Add(reply.CallId);
        (call, clockOriginMs) = (reply, (world.Now / TimeSpan.TicksPerMillisecond) - reply.ElapsedMs);
        foreach (var final in finals.Where(final => !final.Acknowledged))
        {
            Send(socket, final);
        }
    }

    void StartFailed(Socket socket, string problem)
    {
        world.Tell($"{socket.ConnectionId} is refused: {problem}");
        if (!Refusal.Read(problem).MayRetry && !problem.Contains("no persona", StringComparison.Ordinal))
        {
            world.Break($"{letter}: its start is refused for good: {problem}");
        }

        socket.Cut();
    }

    /// <summary>The call is over: the next one starts with nothing known.</summary>
    void Forget()
    {
        (call, epochShown, Paused, ending) = (null, 0, false, false);
        finals.RemoveAll(final => final.Acknowledged);
    }

    void Reconnect()
    {
        if (Current is null)
        {
            Connect();
        }
    }

    void Send(Socket socket, Final final)
    {
        var record = offTheRecord;
        socket.Invoke(
            async hub => { await hub.SendTranscript(final.Segment); return true; },
            _ => Acknowledge(final, socket, kept: !Paused && record == offTheRecord),
            problem =>
            {
                if (problem.Contains("off the record, so", StringComparison.Ordinal))
                {
                    finals.Remove(final);
                    return;
                }

                if (!Refusal.Read(problem).MayRetry && !problem.Contains("StartCall first", StringComparison.Ordinal))
                {
                    world.Break($"{final.Segment.SegmentId} is refused for good: {problem}");
                    return;
                }

                world.After(world.Between(400, 700), () =>
                {
                    if (socket == Current && Attached && !final.Acknowledged && finals.Contains(final))
                    {
                        Send(socket, final);
                    }
                });
            });
    }

    void Acknowledge(Final final, Socket by, bool kept)
    {
        if (kept)
        {
            final.By = by;
        }
        else
        {
            finals.Remove(final);
        }
    }

    /// <summary>
    /// The line says whether the call is off the record. What was said over this connection until then may have been dropped, and the rep
    /// sees why.
    /// </summary>
    void SeePaused(bool paused)
    {
        if (paused && !Paused)
        {
            (Paused, offTheRecord) = (true, offTheRecord + 1);
            finals.RemoveAll(final => final.Acknowledged && final.By == Current);
        }
    }

    /// <summary>A gateway that says nothing any more is given up.</summary>
    void Watch()
    {
        if (watching)
        {
            return;
        }

        watching = true;
        Look();

        void Look()
        {
            if (Current is { } socket && socket.Gateway.Process.FrozenSince is { } since && world.Now - since > GatewaySilentFor.Ticks)
            {
                socket.Cut();
            }

            world.After(TimeSpan.FromMilliseconds(500), Look);
        }
    }

    sealed record Final(TranscriptSegment Segment)
    {
        /// <summary>The connection that promised to keep it; null while none has.</summary>
        public Socket? By { get; set; }

        public bool Acknowledged => By is not null;
    }
}
