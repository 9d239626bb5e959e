using DeviceHarness.Duis.Bodies.Prepayment;

namespace DeviceHarness.Duis.Bodies.Configuration;

/// <summary>The answer to SRV 6.2.9. Each value may be absent.</summary>
/// <remarks>Spec: MMC XML schema 5.4, ReadDeviceConfigurationPaymentModeRsp.</remarks>
public sealed record ReadDeviceConfigurationPaymentModeRsp : SrvResponseBody
{
    /// <summary>The payment mode; null when absent.</summary>
    public PaymentMode? PaymentMode { get; init; }

    /// <summary>Whether debt is not collected while emergency credit is used; null when absent.</summary>
    public bool? SuspendDebtEmergency { get; init; }

    /// <summary>Whether debt is not collected while the supply is off; null when absent.</summary>
    public bool? SuspendDebtDisabled { get; init; }

    /// <inheritdoc/>
    public override string ElementName => "ReadDeviceConfigurationPaymentModeRsp";

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Values => BodyValues.Of(this)
        .Add("PaymentMode", PaymentMode?.ToString())
        .Add("SuspendDebtEmergency", SuspendDebtEmergency)
        .Add("SuspendDebtDisabled", SuspendDebtDisabled)
        .Entries;
}
