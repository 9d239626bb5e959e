using System.Globalization;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Codecs.Dlms;
using DeviceHarness.Drivers.Dlms;

namespace DeviceHarness.Drivers.Esme.Writes;

/// <summary>Carries out the steps of a plan, and knows how far it came.</summary>
/// <remarks>Where lists were agreed on, what is only prepared goes in as few requests as fit: a refusal among them leaves others of the
/// same list written, and none of it in force. Methods go in a list where none needs another.</remarks>
internal sealed class WriteRun(DlmsClient client, IReadOnlyList<WriteStep> steps)
{
    private readonly ServiceList _lists = new(client);
    private int _done;

    /// <summary>Carries them out, one after the other.</summary>
    /// <exception cref="HarnessException">The device refuses, breaks the protocol or is silent; the steps before it are
    /// done.</exception>
    internal async Task ConductAsync(CancellationToken cancellationToken)
    {
        _done = 0;
        while (_done < steps.Count)
        {
            AttributeWrite[] prepared = _lists.IsAgreed ? Prepared() : [];
            if (prepared.Length > 1)
            {
                await PrepareAsync(prepared, cancellationToken).ConfigureAwait(false);
                continue;
            }

            MethodCall[] calls = _lists.IsAgreed ? Independent() : [];
            if (calls.Length > 1)
            {
                await InvokeAsync(calls, cancellationToken).ConfigureAwait(false);
                continue;
            }

            WriteStep step = steps[_done];
            if (step.Place.Attribute is { } attribute)
            {
                await client.SetAsync(attribute, step.Data, cancellationToken).ConfigureAwait(false);
            }
            else if (step.Place.Method is { } method)
            {
                _ = await client.ActionAsync(method, step.Data, cancellationToken).ConfigureAwait(false);
            }

            _done++;
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
            (0, 0) when isRefused || broken.Effect is WriteEffect.None or WriteEffect.Prepared => "; nothing of it is in force",
            (0, 0) => string.Empty,
            (_, 0) => $"; in force: {inForce}",
            (0, _) => $"; dated: {dated}",
            _ => $"; in force: {inForce}; dated: {dated}",
        };
        return string.Create(
            CultureInfo.InvariantCulture, $"{_done} of {steps.Count} steps were done before {broken.Field}{uncertain}{effect}");
    }

    /// <summary>The attributes that come next and are only prepared.</summary>
    private AttributeWrite[] Prepared() =>
    [
        .. steps.Skip(_done)
            .TakeWhile(step => step is { Effect: WriteEffect.Prepared, Place.Attribute: not null })
            .Select(step => new AttributeWrite(step.Place.Attribute!.Value, step.Data)),
    ];

    private async Task PrepareAsync(AttributeWrite[] prepared, CancellationToken cancellationToken)
    {
        IReadOnlyList<DataAccessResult> results = await _lists.SetAsync(prepared, cancellationToken).ConfigureAwait(false);
        foreach (DataAccessResult result in results)
        {
            if (result != DataAccessResult.Success)
            {
                throw DlmsFaults.Refused(result, $"{client.Port}: SET {steps[_done].Place.Attribute}");
            }

            _done++;
        }
    }

    /// <summary>The methods that come next and need none of each other.</summary>
    private MethodCall[] Independent() =>
    [
        .. steps.Skip(_done)
            .TakeWhile(step => step is { IsIndependent: true, Place.Method: not null })
            .Select(step => new MethodCall(step.Place.Method!.Value, step.Data)),
    ];

    private async Task InvokeAsync(MethodCall[] calls, CancellationToken cancellationToken)
    {
        IReadOnlyList<MethodOutcome> outcomes = await _lists.ActAsync(calls, cancellationToken).ConfigureAwait(false);
        int first = _done;
        foreach (MethodOutcome outcome in outcomes)
        {
            if (outcome.Result != ActionResult.Success)
            {
                IEnumerable<string> later = Enumerable.Range(_done - first + 1, outcomes.Count - (_done - first) - 1)
                    .Where(index => outcomes[index].Result == ActionResult.Success).Select(index => steps[first + index].Field);
                string told = string.Concat(later.Select(field => $", of the same list {field} was done"));
                throw DlmsFaults.Refused(outcome.Result, $"{client.Port}: ACTION {steps[_done].Place.Method}{told}");
            }

            _done++;
        }
    }

    private string Names(WriteEffect effect) =>
        string.Join(", ", steps.Take(_done).Where(step => step.Effect == effect).Select(step => step.Field));
}
