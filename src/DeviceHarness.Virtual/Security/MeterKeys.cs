using System.Buffers;
using System.Security.Cryptography;
using DeviceHarness.Codecs.Dlms;
using DeviceHarness.Codecs.Security;

namespace DeviceHarness.Virtual.Security;

/// <summary>The global keys of a meter: those of its model, until others are transferred to it under its master key.</summary>
/// <remarks>Spec: IEC 62056-6-2, security setup class 64, global_key_transfer, and RFC 3394; as the domain guide gives them. All keys of a
/// transfer are taken, or none. A meter of version 0 takes no new master key, and this one has no broadcast key.</remarks>
internal sealed class MeterKeys
{
    private readonly SecurityOptions _options;
    private GlobalKeys? _pending;

    /// <summary>Takes up what was kept.</summary>
    /// <param name="options">The keys of the model.</param>
    /// <param name="kept">What was transferred since; null when nothing was.</param>
    public MeterKeys(SecurityOptions options, TransferredKeys? kept)
    {
        _options = options;
        Transferred = kept;
        GlobalKeys? made = options.TestEncryptionKey is CipherKey unicast
            ? new GlobalKeys(unicast, options.TestAuthenticationKey ?? unicast)
            : null;
        Held = made is not null && kept is not null
            ? made with
            {
                Unicast = Unwrap(kept.Unicast) ?? made.Unicast,
                Authentication = Unwrap(kept.Authentication) ?? made.Authentication,
            }
            : made;
    }

    /// <summary>The keys that hold; null for a meter without.</summary>
    public GlobalKeys? Held { get; private set; }

    /// <summary>Whether keys were taken that do not hold yet.</summary>
    public bool IsPending => _pending is not null;

    /// <summary>What was transferred, for the flash; null when nothing was.</summary>
    public TransferredKeys? Transferred { get; private set; }

    /// <summary>Takes the keys of a transfer; they hold when they are adopted.</summary>
    /// <param name="parameters">The encoded parameter.</param>
    /// <param name="now">True time.</param>
    /// <param name="isOnlySaid">Whether a transfer that could be taken changes nothing: a defect.</param>
    public ActionResult Take(ReadOnlySpan<byte> parameters, DateTimeOffset now, bool isOnlySaid)
    {
        if (Held is not GlobalKeys next || _options.TestMasterKey is null)
        {
            return ActionResult.ReadWriteDenied;
        }

        OperationStatus status = KeyTransfer.Decode(parameters, out KeyTransfer transfer, out int consumedOctets, out _);
        if (status != OperationStatus.Done || consumedOctets != parameters.Length)
        {
            return ActionResult.TypeUnmatched;
        }

        TransferredKeys kept = new(Transferred?.Unicast, Transferred?.Authentication, now);
        for (int index = 0; index < transfer.Count; index++)
        {
            byte[] wrapped = transfer.KeyAt(index, out KeyId id).ToArray();
            switch (id, Unwrap(wrapped))
            {
                case (KeyId.GlobalUnicastEncryption, CipherKey key):
                    next = next with { Unicast = key };
                    kept = kept with { Unicast = wrapped };
                    break;
                case (KeyId.Authentication, CipherKey key):
                    next = next with { Authentication = key };
                    kept = kept with { Authentication = wrapped };
                    break;
                default:
                    return ActionResult.OtherReason;
            }
        }

        if (!isOnlySaid)
        {
            _pending = next;
            Transferred = kept;
        }

        return ActionResult.Success;
    }

    /// <summary>Has the keys that were taken hold.</summary>
    /// <returns>False when none were.</returns>
    public bool TryAdopt()
    {
        if (_pending is null)
        {
            return false;
        }

        Held = _pending;
        _pending = null;
        return true;
    }

    /// <summary>The key in its wrap; null when it is not one of this meter's suite and master key.</summary>
    private CipherKey? Unwrap(byte[]? wrapped)
    {
        if (wrapped is null || _options.TestMasterKey is not CipherKey master)
        {
            return null;
        }

        byte[] octets = new byte[AesKeyWrap.MaximumKeyOctets];
        bool isRight = AesKeyWrap.Unwrap(master, wrapped, octets, out int writtenOctets, out _) == OperationStatus.Done
            && writtenOctets == _options.Suite.KeyOctets();
        CipherKey? key = isRight ? CipherKey.Create(octets.AsSpan(0, writtenOctets)) : null;
        CryptographicOperations.ZeroMemory(octets);
        return key;
    }
}
