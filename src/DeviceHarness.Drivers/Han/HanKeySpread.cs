using System.Security.Cryptography;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Codecs.Security;
using DeviceHarness.Drivers.ZigBeeAdapter;

namespace DeviceHarness.Drivers.Han;

/// <summary>Gives all nodes a new network key: sent to all at once, to each that sleeps at its next wake, and then switched to.</summary>
/// <remarks>Source: this harness's ZigBee guide 11.2, stragglers. A sleeping device that does not wake in its interval is not waited for
/// any longer: it is told of, and rejoins by its link key.</remarks>
internal sealed class HanKeySpread(
    IZigBeeAdapter adapter, HanOutbox outbox, HanDirectory directory, TimeSpan spreadTime, TimeProvider timeProvider,
    Action<HanEvent> tell)
{
    private const int KeyOctets = 16;

    /// <summary>Gives them the key.</summary>
    /// <returns>Its number.</returns>
    internal async Task<byte> RotateAsync(CancellationToken cancellationToken)
    {
        CipherKey key = CipherKey.Create(RandomNumberGenerator.GetBytes(KeyOctets));
        await adapter.SendNextNetworkKeyAsync(key, cancellationToken).ConfigureAwait(false);
        await Task.WhenAll(
        [
            Task.Delay(spreadTime, timeProvider, cancellationToken),
            .. directory.All.Where(node => node.IsSleepy).Select(node => SendAsync(node, key, cancellationToken)),
        ]).ConfigureAwait(false);
        return await adapter.SwitchNetworkKeyAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task SendAsync(HanNode node, CipherKey key, CancellationToken cancellationToken)
    {
        try
        {
            await outbox.SendAsync(
                new HanParcel
                {
                    Eui64 = node.Eui64,
                    Order = (nodeId, token) => adapter.SendNextNetworkKeyToAsync(key, nodeId, node.Eui64, token),
                    What = $"{adapter.Port}: the next network key to {node.Eui64:X16}",
                    IsRepeatable = true,
                },
                cancellationToken).ConfigureAwait(false);
        }
        catch (HarnessException missed) when (missed is HanDeliveryException or AdapterException { Fault: AdapterFault.Refused }
            or LocalProtocolException { Code: HanFaults.NodeUnknown })
        {
            tell(new HanFault(missed, timeProvider.GetUtcNow()));
        }
    }
}
