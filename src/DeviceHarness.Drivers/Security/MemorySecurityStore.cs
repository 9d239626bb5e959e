using DeviceHarness.Codecs.Security;

namespace DeviceHarness.Drivers.Security;

/// <summary>Keeps counters and attempts as long as the process lives: for recordings that are replayed, and for tests.</summary>
public sealed class MemorySecurityStore : IDeviceSecurityStore
{
    private readonly Dictionary<string, uint> _counters = [];
    private readonly Dictionary<(string Credentials, SystemTitle Sender), uint> _received = [];
    private AttemptRecord _attempts = AttemptRecord.None;

    /// <inheritdoc/>
    public string Place => "memory";

    /// <inheritdoc/>
    public AttemptRecord ReadAttempts() => _attempts;

    /// <inheritdoc/>
    public void SaveAttempts(AttemptRecord record) => _attempts = record;

    /// <inheritdoc/>
    public uint FirstFreeCounter(string credentials) => _counters.GetValueOrDefault(credentials);

    /// <inheritdoc/>
    public IInvocationCounterStore CountersOf(string credentials) => new Counters(this, credentials);

    /// <inheritdoc/>
    public IReceivedCounters ReceivedOf(string credentials) => new Received(this, credentials);

    private sealed class Counters(MemorySecurityStore owner, string credentials) : IInvocationCounterStore
    {
        public void Save(uint firstFree) => owner._counters[credentials] = firstFree;
    }

    private sealed class Received(MemorySecurityStore owner, string credentials) : IReceivedCounters
    {
        public uint? LastOf(SystemTitle sender) =>
            owner._received.TryGetValue((credentials, sender), out uint last) ? last : null;

        public void Save(SystemTitle sender, uint last) => owner._received[(credentials, sender)] = last;

        public void MakeDurable()
        {
        }

        public void Dispose()
        {
        }
    }
}
