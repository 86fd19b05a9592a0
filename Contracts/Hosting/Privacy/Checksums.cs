namespace Teleprompter.Hosting.Privacy;

/// <summary>Whether numbers are what they look like.</summary>
static class Checksums
{
    /// <summary>A payment card's number: the beginning and the length of a scheme, and Luhn's check digit.</summary>
    public static bool IsCard(string digits) => IsScheme(digits) && Luhn(digits);

    /// <summary>An IBAN, without spaces and in capitals: 97 divides it.</summary>
    public static bool IsIban(string text)
    {
        if (text.Length is < 15 or > 34)
        {
            return false;
        }

        var rest = 0;
        foreach (var c in text[4..] + text[..4])
        {
            var value = char.IsAsciiDigit(c) ? c - '0' : c - 'A' + 10;
            rest = ((rest * (value > 9 ? 100 : 10)) + value) % 97;
        }

        return rest == 1;
    }

    static bool IsScheme(string digits)
    {
        var four = int.Parse(digits.AsSpan(0, 4), System.Globalization.CultureInfo.InvariantCulture);
        return (digits.Length, four) switch
        {
            (13 or 16 or 19, >= 4000 and <= 4999) => true,
            (16, >= 5100 and <= 5599 or >= 2221 and <= 2720) => true,
            (15, >= 3400 and <= 3499 or >= 3700 and <= 3799) => true,
            (14 or 16, >= 3000 and <= 3059 or >= 3600 and <= 3699 or >= 3800 and <= 3999) => true,
            ( >= 16 and <= 19, >= 3528 and <= 3589 or 6011 or >= 6200 and <= 6299 or >= 6400 and <= 6599) => true,
            ( >= 16 and <= 19, >= 5018 and <= 5099 or >= 5600 and <= 5899 or >= 6304 and <= 6399 or >= 6700 and <= 6799) => true,
            _ => false,
        };
    }

    static bool Luhn(string digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = digits[^(i + 1)] - '0';
            sum += i % 2 == 0 ? digit : digit > 4 ? (digit * 2) - 9 : digit * 2;
        }

        return sum % 10 == 0;
    }
}
