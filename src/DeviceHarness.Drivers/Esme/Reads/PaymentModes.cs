using DeviceHarness.Duis.Bodies.Prepayment;

namespace DeviceHarness.Drivers.Esme.Reads;

/// <summary>Reads the payment mode, as several answers have it.</summary>
internal static class PaymentModes
{
    private const string Field = "PaymentMode";

    /// <summary>Reads it: 1 credit, 2 prepayment; null when absent.</summary>
    /// <exception cref="Abstractions.Errors.HarnessException">The device refuses, breaks the protocol or is silent.</exception>
    internal static async ValueTask<PaymentMode?> ReadAsync(ReadValues values, CancellationToken cancellationToken) =>
        await values.IntegerAsync(Field, cancellationToken).ConfigureAwait(false) switch
        {
            null => null,
            1 => PaymentMode.Credit,
            2 => PaymentMode.Prepayment,
            long mode => throw values.Unexpected(Field, $"the payment mode {mode} where 1 or 2 was expected"),
        };
}
