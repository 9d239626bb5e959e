namespace DeviceHarness.Codecs.Zcl;

/// <summary>When a field is there, by the value of an earlier one.</summary>
/// <param name="Field">The earlier field's name, of the same item or of one around it.</param>
/// <param name="Operator">
/// How they are compared: <c>=</c>, <c>!</c> for another, <c>&gt;</c> for at least, <c>&amp;</c> for a bit set.
/// </param>
/// <param name="Operand">The number it is compared with.</param>
internal readonly record struct LayoutCondition(string Field, char Operator, ulong Operand)
{
    /// <summary>True when the field is there.</summary>
    public bool IsMet(MessageContent content)
    {
        ulong value = content.NumberAround(Field);
        return Operator switch
        {
            '=' => value == Operand,
            '!' => value != Operand,
            '>' => value >= Operand,
            _ => (value & Operand) != 0,
        };
    }
}
