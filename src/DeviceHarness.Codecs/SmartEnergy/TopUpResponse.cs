using System.Text;
using DeviceHarness.Codecs.Zcl;

namespace DeviceHarness.Codecs.SmartEnergy;

/// <summary>A meter's answer to a top-up.</summary>
/// <remarks>Spec: ZigBee Smart Energy profile, ConsumerTopUp, ConsumerTopUpResponse, as this harness's ZigBee guide sums them up.</remarks>
/// <param name="Result">What became of it.</param>
/// <param name="Amount">What was added, scaled like the meter's other amounts.</param>
/// <param name="Source">Who entered it: 0 the energy service interface, 1 the meter, 2 a display.</param>
/// <param name="CreditRemaining">The credit after it; below zero when there is none.</param>
public sealed record TopUpResponse(TopUpResult Result, int Amount, byte Source, int CreditRemaining)
{
    /// <summary>The most octets of a code; a UTRN is 20 digits.</summary>
    public const int MaximumCodeOctets = 25;

    /// <summary>True when the credit was added.</summary>
    public bool IsAccepted => Result is TopUpResult.Accepted or TopUpResult.AcceptedSupplyEnabled or TopUpResult.AcceptedSupplyDisabled
        or TopUpResult.AcceptedSupplyArmed;

    /// <summary>The command that enters a code.</summary>
    /// <param name="source">Who enters it, as in <see cref="Source"/>.</param>
    /// <param name="code">The code, at most 25 octets of text.</param>
    /// <exception cref="ArgumentException">The code is too long.</exception>
    public static MessageContent Request(byte source, string code)
    {
        byte[] octets = Encoding.UTF8.GetBytes(code);
        return octets.Length > MaximumCodeOctets
            ? throw new ArgumentException($"a code has at most {MaximumCodeOctets} octets", nameof(code))
            : ClusterCatalogue.Prepayment.Command("ConsumerTopUp", ZclSide.Client).Create()
                .Set("originating_device", source).Set("top_up_code", octets.AsSpan());
    }

    /// <summary>Takes the answer from the command.</summary>
    /// <param name="content">The fields of ConsumerTopUpResponse.</param>
    public static TopUpResponse From(MessageContent content)
    {
        ArgumentNullException.ThrowIfNull(content);
        return new(
            (TopUpResult)content.Number("result_type"), (int)content.Signed("top_up_value"), (byte)content.Number("source_of_top_up"),
            (int)content.Signed("credit_remaining"));
    }

    /// <summary>The command's fields.</summary>
    public MessageContent ToContent() => ClusterCatalogue.Prepayment.Command("ConsumerTopUpResponse", ZclSide.Server).Create()
        .Set("result_type", (byte)Result)
        .Set("top_up_value", Amount)
        .Set("source_of_top_up", Source)
        .Set("credit_remaining", CreditRemaining);
}
