using System.Buffers;
using DeviceHarness.Codecs.Dlms;
using DeviceHarness.Codecs.Security;
using DeviceHarness.Drivers.Keys;
using DeviceHarness.Drivers.Links;
using DeviceHarness.Drivers.Profiles;
using DeviceHarness.Drivers.Security;

namespace DeviceHarness.Drivers.Recorded;

/// <summary>Draws for each association of a recording what was drawn for it then: challenge, dedicated key and first invocation counter.
/// </summary>
/// <remarks>
/// No key is in a recording. The global keys are those that the rig file names or the device's key store holds: the one of them under which
/// the tag of the recorded initiate is right, and with it the dedicated key is taken out of that initiate. Not thread safe.
/// </remarks>
public sealed class RecordedAssociations : IAssociationDraws
{
    private readonly DeviceProfile _profile;
    private readonly KeySet[] _candidates;
    private readonly KeySet? _named;
    private readonly Queue<RecordedAssociation> _coming = new();
    private readonly Queue<byte[]> _drawn = new();
    private readonly RecordedClockTimes _times = new();
    private KeySet? _keys;

    /// <summary>Reads the keys.</summary>
    /// <param name="profile">The device's profile with the rig file's overrides and keys.</param>
    /// <param name="kept">What the device's key store holds; null when there is none, or it holds nothing.</param>
    /// <exception cref="Abstractions.Errors.ConfigurationException">A key that profile or rig file name is missing or wrong.</exception>
    public RecordedAssociations(DeviceProfile profile, KeyRecord? kept)
    {
        ArgumentNullException.ThrowIfNull(profile);
        _profile = profile;
        _named = profile.Association.NeedsGlobalKeys ? DeviceCredentials.KeysNamedBy(profile) : null;
        _candidates = _named is null
            ? []
            : [.. new[] { kept?.Active, kept?.Candidate, kept?.Retired, _named }.OfType<KeySet>().Distinct()];
        _keys = _candidates.FirstOrDefault();
    }

    /// <summary>The keys that the recording was made with, for the driver; null when those that profile and rig file name hold.</summary>
    public IDeviceKeyStore? Keys => _keys is { } keys && !keys.Equals(_named) ? new FixedKeys(_named!, keys) : null;

    /// <summary>Adds what went to the device.</summary>
    /// <param name="framing">What frames carried it.</param>
    /// <param name="sent">The octets of one request, without gaps.</param>
    /// <returns>False when a recorded initiate opens with none of the keys.</returns>
    public bool TryLoad(LinkFraming framing, ReadOnlySpan<byte> sent)
    {
        foreach (RecordedAssociation association in RecordedAssociation.Find(framing, sent))
        {
            _keys = association.Initiate.Length == 0
                ? _keys
                : _candidates.FirstOrDefault(keys => TryOpen(association, keys, out _));
            if (association.Initiate.Length > 0 && _keys is null)
            {
                return false;
            }

            _coming.Enqueue(association);
        }

        _times.Load(framing, sent, OpenerOf);
        return true;
    }

    /// <inheritdoc/>
    /// <remarks>In clear octets a replay may show another time; in ciphered ones nobody could tell what differs.</remarks>
    public DateTimeOffset? TimeToSet(DateTimeOffset time) => IsEndless ? null : _times.Take(time);

    /// <summary>Whether the first association comes again after the last; otherwise nothing is drawn then.</summary>
    public bool IsEndless { get; init; }

    /// <inheritdoc/>
    public int? FirstInvokeId { get; private set; }

    /// <inheritdoc/>
    public uint Begin()
    {
        _drawn.Clear();
        FirstInvokeId = null;
        if (!_coming.TryDequeue(out RecordedAssociation? association))
        {
            return 0;
        }

        if (IsEndless)
        {
            _coming.Enqueue(association);
        }

        if (_profile.Association.UsesDedicatedKey && _keys is { } keys && TryOpen(association, keys, out byte[] dedicated))
        {
            _drawn.Enqueue(dedicated);
        }

        _drawn.Enqueue(association.Challenge);
        FirstInvokeId = FindFirstInvokeId(association);
        return association.Counter;
    }

    /// <inheritdoc/>
    public void Fill(Span<byte> octets)
    {
        // What was not drawn then, or was of another length, shows in the octets: they differ from the recorded ones.
        octets.Clear();
        if (_drawn.TryDequeue(out byte[]? drawn) && drawn.Length == octets.Length)
        {
            drawn.CopyTo(octets);
        }
    }

    private bool TryOpen(RecordedAssociation association, KeySet keys, out byte[] dedicatedKey)
    {
        dedicatedKey = [];
        using SecurityContext? receiver = ReceiverOf(association, keys);
        byte[] clear = new byte[association.Initiate.Length];
        if (receiver is null
            || receiver.Open(association.Initiate, clear, out OpenedApdu opened, out _) != OperationStatus.Done
            || InitiateRequest.Decode(opened.Apdu, out InitiateRequest initiate, out _, out _) != OperationStatus.Done)
        {
            return false;
        }

        dedicatedKey = initiate.DedicatedKey.ToArray();
        return true;
    }

    /// <summary>What opens what the client of an association sent; null when its title or a key is of the wrong length.</summary>
    private SecurityContext? ReceiverOf(RecordedAssociation association, KeySet keys)
    {
        AssociationProfile secured = _profile.Association;
        return !SystemTitle.TryCreate(association.Title, out SystemTitle title) || keys.Encryption.OctetCount != secured.Suite.KeyOctets()
            ? null
            : new SecurityContext(
                secured.Suite, title, new GlobalKeys(keys.Encryption, keys.Authentication),
                new SecurityCounters(new SendCounter(0, new NoCounters()), new ReceiveCounter()))
            {
                PeerTitle = title,
                MinimumProtection = secured.Protection,
            };
    }

    /// <summary>The invoke id of the first request after an association; null when the record shows none.</summary>
    private int? FindFirstInvokeId(RecordedAssociation association)
    {
        if (association.Initiate.Length == 0)
        {
            return association.Requests.Select(apdu => RecordedAssociation.InvokeIdOf(apdu)).FirstOrDefault(id => id is not null);
        }

        using SecurityContext? receiver = OpenerOf(association);
        return receiver is null
            ? null
            : association.Requests.Select(apdu => OpenedInvokeId(receiver, apdu)).FirstOrDefault(id => id is not null);
    }

    /// <summary>What opens the requests of an association, with its dedicated key; null when it is in clear or no key fits.</summary>
    private SecurityContext? OpenerOf(RecordedAssociation association)
    {
        SecurityContext? receiver =
            association.Initiate.Length > 0 && _keys is { } keys ? ReceiverOf(association, keys) : null;
        if (receiver is not null && TryOpen(association, _keys!, out byte[] dedicated)
            && CipherKey.TryCreate(dedicated, out CipherKey? key))
        {
            receiver.UseDedicatedKey(key);
        }

        return receiver;
    }

    private static int? OpenedInvokeId(SecurityContext receiver, byte[] apdu) =>
        receiver.Open(apdu, new byte[apdu.Length], out OpenedApdu opened, out _) == OperationStatus.Done
            ? RecordedAssociation.InvokeIdOf(opened.Apdu)
            : null;

    private sealed class NoCounters : IInvocationCounterStore
    {
        public void Save(uint firstFree) => throw new InvalidOperationException("nothing is sent to a recording");
    }

    private sealed class FixedKeys(KeySet named, KeySet keys) : IDeviceKeyStore
    {
        public string Place => "the recording";

        public KeyRecord? Read() =>
            KeyRecord.Begin(named).Prepare(keys, DateTimeOffset.UnixEpoch).Prove(keys, DateTimeOffset.UnixEpoch);

        public void Save(KeyRecord record) => throw new InvalidOperationException("a recording rotates no keys");

        public IDisposable? TryBegin() => null;
    }
}
