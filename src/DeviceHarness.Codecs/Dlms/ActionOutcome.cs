using DeviceHarness.Codecs.Axdr;

namespace DeviceHarness.Codecs.Dlms;

/// <summary>The result of one method and, if it returned something, that.</summary>
/// <remarks>
/// Spec: IEC 62056-5-3, Action-Response-With-Optional-Data: <c>result 00</c>, <c>result 01 00 data</c> or <c>result 01 01 error</c>.
/// </remarks>
public readonly ref struct ActionOutcome
{
    /// <summary>A method that returned nothing.</summary>
    /// <param name="result">Whether it was done.</param>
    public ActionOutcome(ActionResult result)
    {
        Result = result;
    }

    /// <summary>A method that returned a value, or an error in its place.</summary>
    /// <param name="result">Whether it was done.</param>
    /// <param name="returned">What it returned.</param>
    public ActionOutcome(ActionResult result, GetDataResult returned)
    {
        Result = result;
        HasReturn = true;
        Returned = returned;
    }

    /// <summary>Whether the method was done.</summary>
    public ActionResult Result { get; }

    /// <summary>True when something was returned.</summary>
    public bool HasReturn { get; }

    /// <summary>What was returned, when something was.</summary>
    public GetDataResult Returned { get; }

    /// <summary>Reads an outcome.</summary>
    /// <param name="reader">The reader; its fault says what is wrong when this returns false.</param>
    /// <param name="outcome">The outcome, pointing into the octets read.</param>
    public static bool TryRead(scoped ref AxdrReader reader, out ActionOutcome outcome)
    {
        outcome = default;
        if (!reader.TryReadOctet(out byte result) || !reader.TryReadFlag(out bool hasReturn))
        {
            return false;
        }

        if (!hasReturn)
        {
            outcome = new((ActionResult)result);
            return true;
        }

        if (!GetDataResult.TryRead(ref reader, out GetDataResult returned))
        {
            return false;
        }

        outcome = new((ActionResult)result, returned);
        return true;
    }

    /// <summary>Writes the outcome.</summary>
    /// <param name="writer">The writer.</param>
    public void Write(ref AxdrWriter writer)
    {
        writer.WriteOctet((byte)Result);
        writer.WriteFlag(HasReturn);
        if (HasReturn)
        {
            Returned.Write(ref writer);
        }
    }
}
