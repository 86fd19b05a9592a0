using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Options;
using Teleprompter.InferenceWorker.Admission;
using Teleprompter.Tests.Unit.Clock;

namespace Teleprompter.Tests.Unit.Admission;

/// <summary>
/// The gate against a list that is worked out anew after every step, over thousands of random interleavings; a failure names its seed.
/// </summary>
[SuppressMessage("Security", "CA5394", Justification = "Seeded on purpose.")]
public sealed class AdmissionGateModelTests
{
    const int Interleavings = 3000;
    const int Steps = 60;

    [Test]
    public void Over_thousands_of_interleavings_the_gate_grants_ranks_expires_and_loses_no_ticket()
    {
        for (var seed = 0; seed < Interleavings; seed++)
        {
            using var run = new Run(seed);
            for (var step = 0; step < Steps; step++)
            {
                run.Step();
                run.Check($"seed {seed}, step {step}");
            }
        }
    }

    sealed class Run : IDisposable
    {
        readonly ManualTimeProvider clock = new();
        readonly Random random;
        readonly AdmissionOptions options;
        readonly AdmissionGate gate;
        readonly List<Entry> entries = [];
        readonly Dictionary<AdmissionTicket, AdmissionState> told = [];
        readonly List<AdmissionTicket> ahead = [];
        readonly HashSet<AdmissionTicket> yielded = [];
        bool throttled;

        public Run(int seed)
        {
            random = new Random(seed);
            options = new AdmissionOptions { Slots = random.Next(1, 5), Pending = random.Next(0, 4) };
            gate = new AdmissionGate(Options.Create(options), clock);
        }

        public void Step()
        {
            switch (random.Next(16))
            {
                case < 5:
                    Ask();
                    break;
                case < 8 when entries.Count > 0:
                    Release(entries[random.Next(entries.Count)]);
                    break;
                case < 9 when random.Next(10) == 0:
                    throttled = true;
                    gate.Narrow(random.Next(2) == 0 ? null : TimeSpan.FromSeconds(random.Next(1, 4)));
                    break;
                case < 12:
                    AskAhead();
                    break;
                case < 14 when ahead.Count > 0:
                    Promote(ahead[random.Next(ahead.Count)]);
                    break;
                case < 15 when ahead.Count > 0:
                    gate.Release(ahead[random.Next(ahead.Count)]);
                    ahead.RemoveAll(ticket => ticket.State == AdmissionState.Released);
                    break;
                default:
                    Advance(TimeSpan.FromMilliseconds(random.Next(0, 3000)));
                    break;
            }
        }

        public void Check(string where)
        {
            foreach (var ticket in ahead)
            {
                Assert.That(ticket.State, Is.AnyOf(AdmissionState.Granted, AdmissionState.Expired), $"{where}: work ahead never waits");
                Assert.That(yielded.Contains(ticket), Is.EqualTo(ticket.State == AdmissionState.Expired), $"{where}: told to yield");
            }

            ahead.RemoveAll(ticket => ticket.State == AdmissionState.Expired);
            var granted = entries.Where(entry => entry.Ticket.State == AdmissionState.Granted).ToList();
            var waiting = entries.Except(granted).OrderBy(entry => entry.Since).ThenBy(entry => entry.Number).ToList();
            Assert.That(granted, Has.Count.LessThanOrEqualTo(options.Slots), where);
            Assert.That(gate.Load.Used, Is.EqualTo(granted.Count), $"{where}: work ahead is not counted");
            Assert.That(granted.Count + ahead.Count, Is.LessThanOrEqualTo(options.Slots), where);
            Assert.That(waiting.Count == 0 || ahead.Count == 0 || throttled, $"{where}: work ahead has a slot while a call waits");
            if (!throttled)
            {
                Assert.That(granted, Has.Count.EqualTo(Math.Min(options.Slots, entries.Count)), $"{where}: a free slot while a call waits");
            }

            for (var place = 0; place < waiting.Count; place++)
            {
                var due = place < options.Pending ? AdmissionState.Pending : AdmissionState.Held;
                Assert.That(waiting[place].Ticket.State, Is.EqualTo(due), $"{where}: place {place}");
                Assert.That(clock.Now - waiting[place].Asked, Is.LessThan(options.HeldFor), $"{where}: should have expired");
            }

            foreach (var (ticket, state) in told)
            {
                Assert.That(state, Is.EqualTo(ticket.State), $"{where}: the last state told is not the ticket's");
            }
        }

        void Ask()
        {
            var call = $"call-{random.Next(10)}";
            var older = entries.Find(entry => string.Equals(entry.Ticket.CallId, call, StringComparison.Ordinal));
            var since = older is null || random.Next(2) == 0 ? clock.Now : older.Since;
            var before = Order(older);
            var ticket = gate.Ask(call, Heard, since.Ticks);
            if (older is not null)
            {
                Assert.That(older.Ticket.State, Is.EqualTo(AdmissionState.Released));
                Forget(older);
            }

            var entry = new Entry(ticket, since, clock.Now, entries.Count == 0 ? 0 : entries.Max(e => e.Number) + 1);
            entries.Add(entry);
            told[ticket] = ticket.State;
            GrantedInOrder([.. before, entry]);
        }

        void AskAhead()
        {
            var ticket = gate.TryAskSpare($"ahead-{random.Next(1000)}", ticket => yielded.Add(ticket));
            if (ticket is not null)
            {
                ahead.Add(ticket);
            }
        }

        void Promote(AdmissionTicket ticket)
        {
            var call = $"call-{random.Next(10)}";
            var older = entries.Find(entry => string.Equals(entry.Ticket.CallId, call, StringComparison.Ordinal));
            var before = Order(older);
            Assert.That(gate.Promote(ticket, call), Is.True);
            ahead.Remove(ticket);
            if (older is not null)
            {
                Assert.That(older.Ticket.State, Is.EqualTo(AdmissionState.Released));
                Forget(older);
            }

            entries.Add(new Entry(ticket, clock.Now, clock.Now, entries.Count == 0 ? 0 : entries.Max(e => e.Number) + 1));
            GrantedInOrder(before);
        }

        void Release(Entry entry)
        {
            var before = Order(entry);
            gate.Release(entry.Ticket);
            Assert.That(entry.Ticket.State, Is.EqualTo(AdmissionState.Released));
            Forget(entry);
            GrantedInOrder(before);
        }

        void Advance(TimeSpan by)
        {
            clock.Advance(by);
            foreach (var late in entries.Where(entry => entry.Ticket.State == AdmissionState.Expired).ToList())
            {
                Assert.That(clock.Now - late.Asked, Is.GreaterThanOrEqualTo(options.HeldFor), "expired too early");
                Forget(late);
            }
        }

        /// <summary>Those that waited before a step, the oldest first.</summary>
        List<Entry> Order(Entry? without) => [.. entries
            .Where(entry => entry != without && entry.Ticket.State is AdmissionState.Pending or AdmissionState.Held)
            .OrderBy(entry => entry.Since).ThenBy(entry => entry.Number)];

        /// <summary>Whoever was granted is older than whoever still waits.</summary>
        static void GrantedInOrder(List<Entry> waited)
        {
            var granted = waited.Where(entry => entry.Ticket.State == AdmissionState.Granted).ToList();
            var still = waited.Where(entry => entry.Ticket.State is AdmissionState.Pending or AdmissionState.Held).ToList();
            if (granted.Count > 0 && still.Count > 0)
            {
                Assert.That(
                    granted.Max(entry => (entry.Since, entry.Number)), Is.LessThan(still.Min(entry => (entry.Since, entry.Number))));
            }
        }

        public void Dispose() => gate.Dispose();

        void Forget(Entry entry)
        {
            entries.Remove(entry);
            told.Remove(entry.Ticket);
        }

        void Heard(AdmissionTicket ticket) => told[ticket] = ticket.State;

        sealed record Entry(AdmissionTicket Ticket, TimeSpan Since, TimeSpan Asked, int Number);
    }
}
