using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Options;
using Teleprompter.InferenceWorker.Inference;
using Teleprompter.Tests.Unit.Clock;

namespace Teleprompter.Tests.Unit.Inference;

/// <summary>The gate against a list that is worked out anew after every step, over thousands of random interleavings; a failure names its seed.</summary>
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
        readonly ManualTimeProvider _clock = new();
        readonly Random _random;
        readonly AdmissionOptions _options;
        readonly AdmissionGate _gate;
        readonly List<Entry> _entries = [];
        readonly Dictionary<AdmissionTicket, AdmissionState> _told = [];
        bool _throttled;

        public Run(int seed)
        {
            _random = new Random(seed);
            _options = new AdmissionOptions { Slots = _random.Next(1, 5), Pending = _random.Next(0, 4) };
            _gate = new AdmissionGate(Options.Create(_options), _clock);
        }

        public void Step()
        {
            switch (_random.Next(12))
            {
                case < 5:
                    Ask();
                    break;
                case < 8 when _entries.Count > 0:
                    Release(_entries[_random.Next(_entries.Count)]);
                    break;
                case < 9 when _random.Next(10) == 0:
                    _throttled = true;
                    _gate.Narrow(_random.Next(2) == 0 ? null : TimeSpan.FromSeconds(_random.Next(1, 4)));
                    break;
                default:
                    Advance(TimeSpan.FromMilliseconds(_random.Next(0, 3000)));
                    break;
            }
        }

        public void Check(string where)
        {
            var granted = _entries.Where(entry => entry.Ticket.State == AdmissionState.Granted).ToList();
            var waiting = _entries.Except(granted).OrderBy(entry => entry.Since).ThenBy(entry => entry.Number).ToList();
            Assert.That(granted, Has.Count.LessThanOrEqualTo(_options.Slots), where);
            if (!_throttled)
            {
                Assert.That(granted, Has.Count.EqualTo(Math.Min(_options.Slots, _entries.Count)), $"{where}: a free slot while a call waits");
            }

            for (var place = 0; place < waiting.Count; place++)
            {
                var due = place < _options.Pending ? AdmissionState.Pending : AdmissionState.Held;
                Assert.That(waiting[place].Ticket.State, Is.EqualTo(due), $"{where}: place {place}");
                Assert.That(_clock.Now - waiting[place].Asked, Is.LessThan(_options.HeldFor), $"{where}: should have expired");
            }

            foreach (var (ticket, state) in _told)
            {
                Assert.That(state, Is.EqualTo(ticket.State), $"{where}: the last state told is not the ticket's");
            }
        }

        void Ask()
        {
            var call = $"call-{_random.Next(10)}";
            var older = _entries.Find(entry => string.Equals(entry.Ticket.CallId, call, StringComparison.Ordinal));
            var since = older is null || _random.Next(2) == 0 ? _clock.Now : older.Since;
            var before = Order(older);
            var ticket = _gate.Ask(call, Heard, since.Ticks);
            if (older is not null)
            {
                Assert.That(older.Ticket.State, Is.EqualTo(AdmissionState.Released));
                Forget(older);
            }

            var entry = new Entry(ticket, since, _clock.Now, _entries.Count == 0 ? 0 : _entries.Max(e => e.Number) + 1);
            _entries.Add(entry);
            _told[ticket] = ticket.State;
            GrantedInOrder([.. before, entry]);
        }

        void Release(Entry entry)
        {
            var before = Order(entry);
            _gate.Release(entry.Ticket);
            Assert.That(entry.Ticket.State, Is.EqualTo(AdmissionState.Released));
            Forget(entry);
            GrantedInOrder(before);
        }

        void Advance(TimeSpan by)
        {
            _clock.Advance(by);
            foreach (var late in _entries.Where(entry => entry.Ticket.State == AdmissionState.Expired).ToList())
            {
                Assert.That(_clock.Now - late.Asked, Is.GreaterThanOrEqualTo(_options.HeldFor), "expired too early");
                Forget(late);
            }
        }

        /// <summary>Those that waited before a step, the oldest first.</summary>
        List<Entry> Order(Entry? without) => [.. _entries
            .Where(entry => entry != without && entry.Ticket.State is AdmissionState.Pending or AdmissionState.Held)
            .OrderBy(entry => entry.Since).ThenBy(entry => entry.Number)];

        /// <summary>Whoever was granted is older than whoever still waits.</summary>
        static void GrantedInOrder(List<Entry> waited)
        {
            var granted = waited.Where(entry => entry.Ticket.State == AdmissionState.Granted).ToList();
            var still = waited.Where(entry => entry.Ticket.State is AdmissionState.Pending or AdmissionState.Held).ToList();
            if (granted.Count > 0 && still.Count > 0)
            {
                Assert.That(granted.Max(entry => (entry.Since, entry.Number)), Is.LessThan(still.Min(entry => (entry.Since, entry.Number))));
            }
        }

        public void Dispose() => _gate.Dispose();

        void Forget(Entry entry)
        {
            _entries.Remove(entry);
            _told.Remove(entry.Ticket);
        }

        void Heard(AdmissionTicket ticket) => _told[ticket] = ticket.State;

        sealed record Entry(AdmissionTicket Ticket, TimeSpan Since, TimeSpan Asked, int Number);
    }
}
