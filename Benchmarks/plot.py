"""A chart with logarithmic axes as SVG."""
import math

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 460, 320, 64, 12, 34, 44
COLORS = ["#0072b2", "#d55e00"]


def number(value):
    return f"{value:g}" if value < 10000 else f"{value / 1000:g}k"


def ticks(low, high):
    """1, 2 and 5 times powers of ten between two numbers."""
    exponents = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    return [t for e in exponents for t in (10**e, 2 * 10**e, 5 * 10**e) if low * 0.999 <= t <= high * 1.001]


def chart(title, x_label, y_label, lines):
    """Lines are (name, points, is limit); a limit is drawn dashed, in the colour of the line before it."""
    points = [point for _, line, _ in lines for point in line]
    (x_low, x_high), (y_low, y_high) = ((min(column), max(column)) for column in zip(*points))
    # Room for the names of the lines above them.
    y_low, y_high = y_low / 1.3, y_high * (y_high / y_low) ** 0.4 * 1.3

    def place(x, y):
        share = math.log(x / x_low) / math.log(x_high / x_low)
        height = math.log(y / y_low) / math.log(y_high / y_low)
        return (LEFT + share * (WIDTH - LEFT - RIGHT), HEIGHT - BOTTOM - height * (HEIGHT - TOP - BOTTOM))

    parts = [f'<text x="{LEFT}" y="18" font-weight="bold">{title}</text>']
    for x in sorted({point[0] for point in points}):
        left, _ = place(x, y_low)
        parts.append(f'<text x="{left:.1f}" y="{HEIGHT - BOTTOM + 16}" text-anchor="middle">{number(x)}</text>')
    for y in ticks(y_low, y_high):
        _, top = place(x_low, y)
        parts.append(f'<path d="M{LEFT} {top:.1f}H{WIDTH - RIGHT}" stroke="#ddd"/>')
        parts.append(f'<text x="{LEFT - 6}" y="{top + 4:.1f}" text-anchor="end">{number(y)}</text>')
    parts.append(f'<text x="{WIDTH / 2}" y="{HEIGHT - 8}" text-anchor="middle">{x_label}</text>')
    parts.append(f'<text transform="translate(12 {HEIGHT / 2}) rotate(-90)" text-anchor="middle">{y_label}</text>')
    for index, (name, line, is_limit) in enumerate(lines):
        color, dash = COLORS[index // 2], ' stroke-dasharray="5 4"' if is_limit else ""
        path = " ".join("%.1f,%.1f" % place(*point) for point in line)
        parts.append(f'<polyline points="{path}" fill="none" stroke="{color}" stroke-width="2"{dash}/>')
        if not is_limit:
            parts += ['<circle cx="%.1f" cy="%.1f" r="3" fill="%s"/>' % (*place(*point), color) for point in line]
        parts.append(f'<text x="{LEFT + 10}" y="{TOP + 14 + 15 * index}" fill="{color}">{name}</text>')
    return "".join(parts)


def picture(charts):
    """Charts side by side, two in a row."""
    rows = (len(charts) + 1) // 2
    body = "".join(
        f'<g transform="translate({index % 2 * WIDTH} {index // 2 * HEIGHT})">{chart}</g>' for index, chart in enumerate(charts))
    return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {2 * WIDTH} {rows * HEIGHT}" '
            f'font-family="sans-serif" font-size="12"><rect width="100%" height="100%" fill="white"/>{body}</svg>\n')
