using System.Globalization;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Drivers.Dlms;

namespace DeviceHarness.Drivers.Esme.Writes;

/// <summary>Carries out the steps of a plan, and knows how far it came.</summary>
internal sealed class WriteRun(DlmsClient client, IReadOnlyList<WriteStep> steps)
{
    private int _done;

    /// <summary>Carries them out, one after the other.</summary>
    /// <exception cref="HarnessException">The device refuses, breaks the protocol or is silent; the steps before it are
    /// done.</exception>
    internal async Task ConductAsync(CancellationToken cancellationToken)
    {
        for (_done = 0; _done < steps.Count; _done++)
        {
            WriteStep step = steps[_done];
            if (step.Place.Attribute is { } attribute)
            {
                await client.SetAsync(attribute, step.Data, cancellationToken).ConfigureAwait(false);
            }
            else if (step.Place.Method is { } method)
            {
                _ = await client.ActionAsync(method, step.Data, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>How far it came before a failure.</summary>
    internal string Told(HarnessException failure)
    {
        WriteStep broken = steps[_done];
        bool isRefused = failure is DeviceRefusedException;
        string inForce = Names(WriteEffect.InForce);
        string dated = Names(WriteEffect.Dated);
        string uncertain = isRefused ? string.Empty : $", whether {broken.Field} was taken is not known";
        string effect = (inForce.Length, dated.Length) switch
        {
            (0, 0) when isRefused || broken.Effect == WriteEffect.None => "; nothing of it is in force",
            (0, 0) => string.Empty,
            (_, 0) => $"; in force: {inForce}",
            (0, _) => $"; dated: {dated}",
            _ => $"; in force: {inForce}; dated: {dated}",
        };
        return string.Create(
            CultureInfo.InvariantCulture, $"{_done} of {steps.Count} steps were done before {broken.Field}{uncertain}{effect}");
    }

    private string Names(WriteEffect effect) =>
        string.Join(", ", steps.Take(_done).Where(step => step.Effect == effect).Select(step => step.Field));
}
