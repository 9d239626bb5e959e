using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using DeviceHarness.Codecs.Axdr;
using DeviceHarness.Codecs.Cosem;
using DeviceHarness.Drivers.Profiles;

namespace DeviceHarness.Drivers.Esme.Writes;

/// <summary>What is sent for one request that changes a device, in order, made whole before anything is sent: what a model cannot take is
/// known by then.</summary>
/// <remarks>The order is that of the calls: first what was to happen later is withdrawn, then all is prepared, and last it is put into
/// force. A link that is lost in between leaves the device as it was, with passive values that nothing activates.</remarks>
/// <param name="objects">What the profile names for the variant.</param>
/// <param name="later">When it shall hold; null for at once.</param>
/// <param name="isWithdrawal">Whether what was to happen later is only withdrawn.</param>
internal sealed class WritePlan(IReadOnlyDictionary<string, WriteObject> objects, DateTimeOffset? later, bool isWithdrawal)
{
    private const int FirstBufferOctets = 256;
    private const int MaximumValueOctets = 1 << 20;

    private static readonly DlmsData Never = DlmsData.OctetString(new CosemDateTime(
        CosemDateTime.UnspecifiedYear, CosemDateTime.Unspecified, CosemDateTime.Unspecified, CosemDateTime.Unspecified,
        CosemDateTime.Unspecified, CosemDateTime.Unspecified, CosemDateTime.Unspecified, CosemDateTime.Unspecified,
        CosemDateTime.UnspecifiedDeviation, CosemDateTime.Unspecified).ToOctets());

    private readonly List<WriteStep> _steps = [];
    private readonly List<string> _notes = [];
    private string? _problem;

    /// <summary>Why the model cannot take the request; null when it can.</summary>
    internal string? Problem => _problem ?? (_steps.Count > 0 ? null
        : isWithdrawal ? "the device model holds nothing for a later time"
        : "the request brings nothing that the device model takes");

    /// <summary>The steps.</summary>
    internal IReadOnlyList<WriteStep> Steps => _steps;

    /// <summary>What is left out, in words; empty when nothing is.</summary>
    internal string Notes => string.Join("; ", _notes);

    /// <summary>Withdraws what was to happen at a time, so that nothing half-written comes into force on the way.</summary>
    internal void Hold(string timeField)
    {
        if (objects.TryGetValue(timeField, out WriteObject? place))
        {
            Add(timeField, place, Never, WriteEffect.None);
        }
    }

    /// <summary>Writes what has no effect before it is activated.</summary>
    internal void Prepare(string field, DlmsData value) => Send(field, value, WriteEffect.Prepared);

    /// <summary>Writes what holds at once.</summary>
    internal void AtOnce(string field, DlmsData value)
    {
        if (later is not null && !isWithdrawal && objects.TryGetValue(field, out WriteObject? place)
            && !place.IsEarly && (place.Attribute is not null || place.Method is not null))
        {
            Refuse($"the device model takes {field} at once only");
        }

        Send(field, value, WriteEffect.InForce);
    }

    /// <summary>Invokes a method that begins something anew, which needs none of the steps beside it.</summary>
    internal void Restart(string field)
    {
        int before = _steps.Count;
        AtOnce(field, DlmsData.Null);
        for (int step = before; step < _steps.Count; step++)
        {
            _steps[step] = _steps[step] with { IsIndependent = true };
        }
    }

    /// <summary>Puts what was prepared into force, by a method now or by its time later.</summary>
    internal void Activate(string methodField, string timeField)
    {
        if (later is { } time)
        {
            Send(timeField, Moment(time), WriteEffect.Dated);
        }
        else
        {
            Send(methodField, DlmsData.Null, WriteEffect.InForce);
        }
    }

    /// <summary>The script table that a calendar's entries name.</summary>
    internal ObisCode ScriptOf(string field)
    {
        if (objects.TryGetValue(field, out WriteObject? place) && place.Script is { } script)
        {
            return script;
        }

        Refuse($"the profile names no script table for {field}");
        return default;
    }

    /// <summary>What a word is on the wire.</summary>
    internal long WordOf(string field, string word)
    {
        if (objects.TryGetValue(field, out WriteObject? place) && place.Words.TryGetValue(word, out long number))
        {
            return number;
        }

        Refuse($"the device model has no {word} for {field}");
        return 0;
    }

    /// <summary>The request cannot be carried out on this model; the first reason stays.</summary>
    internal void Refuse(string problem) => _problem ??= problem;

    /// <summary>A moment as devices take it: twelve octets, UTC.</summary>
    internal static DlmsData Moment(DateTimeOffset time) =>
        DlmsData.OctetString(CosemDateTime.From(time.ToUniversalTime()).ToOctets());

    private void Send(string field, DlmsData value, WriteEffect effect)
    {
        if (isWithdrawal)
        {
            return;
        }

        if (!objects.TryGetValue(field, out WriteObject? place))
        {
            Refuse($"the device model has no object for {field}");
        }
        else if (place.IsLeftOut)
        {
            _notes.Add($"{field} is left out: the device model has nothing for it");
        }
        else if (place.Always is { } always)
        {
            if (TextOf(value) is var wanted && wanted != always)
            {
                Refuse($"{field} of the device model is always {always}, not {wanted}");
            }
        }
        else if (WordIn(field, place, value) is { } meant)
        {
            Add(field, place, meant, effect);
        }
    }

    /// <summary>The value, or what its word is on the wire; null when the model has no such word.</summary>
    private DlmsData? WordIn(string field, WriteObject place, DlmsData value)
    {
        if (place.Words.Count == 0 || value.Type != DlmsDataType.VisibleString)
        {
            return value;
        }

        long number = WordOf(field, TextOf(value));
        return _problem is null ? DlmsData.Long64(number) : null;
    }

    private void Add(string field, WriteObject place, DlmsData value, WriteEffect effect)
    {
        if (place.Form.Fill(value, out DlmsData data) is { } problem)
        {
            Refuse($"{field}: {problem}");
            return;
        }

        _steps.Add(new WriteStep(field, place, Encode(data), effect));
    }

    private static byte[] Encode(DlmsData data)
    {
        for (int size = FirstBufferOctets; size <= MaximumValueOctets; size *= 4)
        {
            byte[] octets = new byte[size];
            if (DlmsDataCodec.Encode(data, octets, out int written) == OperationStatus.Done)
            {
                return octets[..written];
            }
        }

        throw new UnreachableException($"no request holds a value of more than {MaximumValueOctets} octets");
    }

    private static string TextOf(DlmsData value) => value.Type == DlmsDataType.Boolean
        ? value.Octets.Span[0] == 0 ? "false" : "true"
        : value.TryGetInt64(out long number) ? number.ToString(CultureInfo.InvariantCulture)
        : value.Text ?? value.ToString();
}
