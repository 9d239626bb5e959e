using System.Buffers;
using System.Diagnostics;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Codecs.Cosem;
using DeviceHarness.Codecs.Dlms;
using DeviceHarness.Codecs.Security;

namespace DeviceHarness.Drivers.Dlms;

/// <summary>The method of a security setup that gives a device new keys.</summary>
/// <remarks>Spec: IEC 62056-6-2, class 64, method 2 global_key_transfer, as this harness's DLMS guide sums it up: the answer comes under
/// the old keys, the new ones hold from the next APDU. The method is never sent twice: what became of it is proven otherwise.</remarks>
/// <param name="client">The association.</param>
/// <param name="name">The object's logical name.</param>
public sealed class SecuritySetupObject(DlmsClient client, ObisCode name)
{
    /// <summary>Room for every key of the longest suite, wrapped, with what is around it.</summary>
    private const int MaximumParameterOctets =
        2 + (KeyTransfer.MaximumKeys * (6 + SecuritySuiteFacts.LongKeyOctets + AesKeyWrap.OverheadOctets));

    /// <summary>Sends new keys, each wrapped under the master key, in one call.</summary>
    /// <param name="master">The master key.</param>
    /// <param name="encryption">The new global unicast encryption key.</param>
    /// <param name="authentication">The new authentication key.</param>
    /// <param name="cancellationToken">Ends the wait; whether the device took the keys is then open.</param>
    /// <exception cref="DeviceRefusedException">DLMS-002 to -004: the device refuses.</exception>
    /// <exception cref="HarnessException">The answer breaks the protocol, none came, or the line is gone: the device may have taken
    /// them.</exception>
    public async ValueTask TransferKeysAsync(
        CipherKey master, CipherKey encryption, CipherKey authentication, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(encryption);
        ArgumentNullException.ThrowIfNull(authentication);
        WrappedKey[] keys =
        [
            new(KeyId.GlobalUnicastEncryption, Wrap(master, encryption)),
            new(KeyId.Authentication, Wrap(master, authentication)),
        ];
        byte[] parameter = new byte[MaximumParameterOctets];
        OperationStatus status = KeyTransfer.Encode(keys, parameter, out int octets);
        if (status != OperationStatus.Done)
        {
            throw new UnreachableException($"key transfer: {status}");
        }

        _ = await client.ActionAsync(
            new CosemMethodDescriptor(KeyTransfer.ClassId, name, KeyTransfer.MethodId), parameter.AsMemory(0, octets), cancellationToken)
            .ConfigureAwait(false);
    }

    private static byte[] Wrap(CipherKey master, CipherKey key)
    {
        byte[] wrapped = new byte[key.OctetCount + AesKeyWrap.OverheadOctets];
        OperationStatus status = AesKeyWrap.Wrap(master, key.Reveal(), wrapped, out _);
        return status == OperationStatus.Done ? wrapped : throw new UnreachableException($"key wrap: {status}");
    }
}
