using DeviceHarness.Codecs.Security;

namespace DeviceHarness.Drivers.Security;

/// <summary>Keeps counters and attempts as long as the process lives: for recordings that are replayed, and for tests.</summary>
public sealed class MemorySecurityStore : IDeviceSecurityStore
{
    private readonly Dictionary<string, uint> _counters = [];
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

    private sealed class Counters(MemorySecurityStore owner, string credentials) : IInvocationCounterStore
    {
        public void Save(uint firstFree) => owner._counters[credentials] = firstFree;
    }
}
